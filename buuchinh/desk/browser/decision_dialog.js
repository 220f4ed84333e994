// Asks for the decisions that taken-in files need: each with its two or three answers as buttons; then what was mended and what is fine.
import { allDone, button, copy, done, inTurn } from "./acting.js";
import { filled, h, words } from "./dom.js";
import { equalWork } from "./equal_sheet.js";
import { act, askAloud, fileAddress } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";
import { asked } from "./time_given.js";

/** @param {string} job @param {ClassTable["rows"]} people @param {() => void} closed */
export async function openDecisions(job, people, closed) {
  const found = /** @type {Decisions | null} */ (await askAloud("quyet", { job }));
  if (!found) return;
  const again = () => openDecisions(job, people, closed);
  // Mark a row as decided in its place and move the focus to the next; after the last one, ask for the decisions again.
  const decide = async (row, name, values, said) => {
    const rows = [...row.closest(".body").querySelectorAll("[data-waits]")];
    const place = row.querySelector(".answers"), before = [...place.childNodes];
    delete row.dataset.waits;
    recount(row, 1);
    place.replaceChildren(h("span", { class: "tone-green" }, `✓ ${said}`));
    const next = rows.slice(rows.indexOf(row) + 1).concat(rows).find((one) => "waits" in one.dataset);
    next?.scrollIntoView({ block: "nearest" });
    (next?.querySelector("button, select") ?? row.closest("dialog").querySelector(".ft .btn"))?.focus();
    const answer = await inTurn(name, values);
    if (!row.isConnected) return undefined;
    if (answer && !answer.ask) return row.closest(".body").querySelector("[data-waits]") ? undefined : allDone().then(again);
    row.dataset.waits = "";
    recount(row, -1);
    const goOn = answer ? await asked(answer.ask, place) : false;
    place.replaceChildren(...before);
    if (goOn) return decide(row, name, { ...values, anyway: true }, said);
    return place.querySelector("button, select")?.focus();
  };
  const waits = found.refused.length + found.late.length;
  // The counts above the rows follow each decision.
  const left = { refused: found.refused.length, late: found.late.length };
  const heads = { refused: head("✕", "open", filled(words.refused, { count: left.refused }), words.refused_lead), late: head("◷", "open", filled(words.late, { count: left.late }), words.late_lead) };
  /** @param {HTMLElement} row @param {number} by */
  const recount = (row, by) => {
    const kind = row.matches(".decide > *") ? "refused" : "late";
    left[kind] -= by;
    heads[kind].firstChild.textContent = `${kind === "late" ? "◷" : "✕"} ${filled(words[kind], { count: left[kind] })}`;
    if (!job) row.closest("dialog").querySelector("h2").textContent = filled(words.undecided, { count: left.refused + left.late });
  };
  const body = [
    found.refused.length > 0 && [heads.refused, h("ul", { class: "decide" }, found.refused.map((one) => refused(one, people, decide)))],
    found.late.length > 0 && [heads.late, found.late.map((one) => late(one, decide))],
    found.mended.length > 0 && [head("✎", "ink", filled(words.mended, { count: found.mended.length }), words.mended_lead), h("ul", { class: "decide" }, found.mended.map(mended))],
    found.fine.count > 0 && [head("✓", "green", filled(words.fine, { count: found.fine.count }), ""), h("div", { class: "box" }, h("div", { class: "grow" }, found.fine.text,
      h("details", { class: "all" }, h("summary", null, filled(words.see_all, { count: found.fine.count })), h("ul", { class: "facts" }, found.fine.codes.map((text) => h("li", null, text))))))],
    found.known && h("p", { class: "soft" }, found.known),
    found.missing.map((one) => h("div", { class: "row spaced" }, h("b", null, one.text), h("span", { class: "soft grow" }, one.who), button(words.remind, () => done("nhac", { unit: one.unit_id }), "small quiet"))),
    found.units.map((unit) => equalWork(unit)),
  ];
  const close = () => {
    if (found.batch) act("xem-xong", { batch: found.batch }).catch(() => {});
    closed();
  };
  const foot = found.count > 0 ? [
    button(filled(words.grade_taken, { count: found.count }), async () => {
      closeSheet();
      await Promise.all(found.units.map((unit) => inTurn("viec", { action: "grade", unit })));
    }, "main"),
    button(words.later, closeSheet, "quiet"),
    h("span", { class: "keys" }, h("kbd", null, "Esc"), ` ${words.later.toLowerCase()}`),
  ] : [button(words.close, closeSheet, waits ? "quiet" : "main")];
  openSheet({ title: waits || job ? found.title : words.all_decided, lead: h("p", { class: "soft" }, found.lead), body, foot, closed: close });
}

/** @param {string} sign @param {string} tone @param {string} text @param {string} lead */
const head = (sign, tone, text, lead) => h("h3", { class: `tone-${tone}` }, `${sign} ${text}`, lead && " ", lead && h("span", { class: "soft" }, lead));

/** @typedef {(row: any, name: string, values: Record<string, any>, said: string) => any} Decide */

/** @param {RefusedFile} one @param {ClassTable["rows"]} people @param {Decide} decide */
function refused(one, people, decide) {
  const answers = h("span", { class: "row answers" }), asked = h("div", null);
  const row = h("li", { "data-waits": true }, h("span", { class: "who" }, one.who), h("span", null, one.unit), h("span", { class: "why" }, h("b", null, one.reason), " ", h("span", { class: "soft" }, one.file), asked), answers);
  const take = (code) => decide(row, "cua-ai", { refusal: one.id, code }, filled(words.decided_owner, { who: code }));
  const ask = async (text = one.ask) => {
    asked.replaceChildren(h("p", { class: "asked" }, h("b", null, words.asked_with), ` ${text}`));
    await copy(text);
  };
  // Arrows change what is chosen, so a person is taken by a press of their own.
  const label = one.choose ? words.whose : words.whom;
  const person = h("select", { class: "choose", "aria-label": label }, h("option", { value: "" }, label), people.map(([code, called]) => h("option", { value: code }, [code, called].filter(Boolean).join(" "))));
  const [name, values, text, said] = one.stray ? ["khong-phai-bai", one.stray, words.no_hand_in, words.decided_no_hand_in] : ["giai-quyet", { refusal: one.id }, words.settle, words.decided_settled];
  answers.append(...[
    one.owners.map((owner) => button(owner.text, () => take(owner.code), "small")),
    one.choose || one.ask_whom ? person : [],
    one.choose ? button(words.take_as, () => (person.value ? take(person.value) : person.focus()), "small") : [],
    one.owners.length ? [] : button(words.ask_again, () => (one.ask_whom && person.value ? ask(filled(one.ask_whom, { code: person.value })) : ask()), "small grey", { "aria-label": `${words.ask_again}: ${one.who}` }),
    originals(one.files),
    button(text, () => decide(row, name, values, said), "small grey", { "aria-label": `${text}: ${one.stray ? one.file : one.who}` }),
  ].flat());
  return row;
}

/** @param {LateWork} one @param {Decide} decide */
function late(one, decide) {
  const { unit_id: unit, code, until, at } = one;
  const row = h("div", { class: "box", "data-waits": "" }, h("span", { class: "grow" }, one.text), h("span", { class: "row answers" },
    button(one.button, () => decide(row, "gia-han", { unit, code, until }, words.decided_extended), "small"), button(words.not_taken, () => decide(row, "khong-nhan", { unit, code, at }, words.decided_not_taken), "small grey"), originals(one.files)));
  return row;
}

/** @param {string[]} files */
const originals = (files) => files.map((path) => h("a", { class: "btn small grey", href: `${fileAddress(path)}?download=1`, download: true }, files.length > 1 ? filled(words.open_named, { file: path.split("/").pop() }) : words.open_file));

/** @param {MendedWork} one */
const mended = (one) => h("li", null, h("span", { class: "who" }, one.who), h("span", null, one.unit), h("span", { class: "why" }, one.notes.join(" ")), null);
