// Asks for the decisions that taken-in files need: each with its two or three answers as buttons; then what was mended and what is fine.
import { after, allDone, button, copy, done, inTurn, lacking } from "./acting.js";
import { openCell } from "./cell_sheet.js";
import { filled, h, words } from "./dom.js";
import { equalWork } from "./equal_sheet.js";
import { act, askAloud, fileAddress } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";
import { confirmed } from "./time_given.js";

/** @param {string} job @param {ClassTable["rows"]} people @param {() => void} closed */
export async function openDecisions(job, people, closed) {
  const decisions = /** @type {Decisions | null} */ (await askAloud("quyet", { job }));
  if (!decisions) return;
  const again = () => openDecisions(job, people, closed);
  // Mark a row as decided in its place and move the focus to the next; after the last one, ask for the decisions again.
  const decide = async (row, name, values, confirmation) => {
    const rows = [...row.closest(".body").querySelectorAll("[data-waits]")];
    const place = row.querySelector(".answers"), before = [...place.childNodes];
    delete row.dataset.waits;
    recount(row, 1);
    place.replaceChildren(h("span", { class: "tone-green" }, `✓ ${confirmation}`));
    const waiting = rows.slice(rows.indexOf(row) + 1).concat(rows).filter((other) => "waits" in other.dataset);
    const next = waiting.find((other) => !("requested" in other.dataset)) ?? waiting[0];
    next?.scrollIntoView({ block: "nearest" });
    (next?.querySelector("button, select") ?? row.closest("dialog").querySelector(".ft .btn"))?.focus();
    const answer = await inTurn(name, values);
    if (!row.isConnected) return undefined;
    if (answer && !answer.ask) {
      const then = row.closest(".body").querySelector("[data-waits]") ? recountNew : again;
      return allDone().then(() => row.isConnected && then(row.closest("dialog")));
    }
    row.dataset.waits = "";
    recount(row, -1);
    const goOn = answer ? await confirmed(answer.ask, place) : false;
    place.replaceChildren(...before);
    if (goOn) return decide(row, name, { ...values, anyway: true }, confirmation);
    return place.querySelector("button, select")?.focus();
  };
  const waits = decisions.refused.length + decisions.late.length;
  // The counts above the rows follow each decision.
  const left = { refused: decisions.refused.length, late: decisions.late.length };
  const heads = { refused: head("✕", "open", filled(words.refused, { count: left.refused }), words.refused_lead), late: head("◷", "open", filled(words.late, { count: left.late }), words.late_lead) };
  /** @param {HTMLElement} row @param {number} count */
  const recount = (row, count) => {
    const kind = row.matches(".decide > *") ? "refused" : "late";
    left[kind] -= count;
    heads[kind].firstChild.textContent = `${kind === "late" ? "◷" : "✕"} ${filled(words[kind], { count: left[kind] })}`;
    if (!job) row.closest("dialog").querySelector("h2").textContent = filled(words.undecided, { count: left.refused + left.late });
  };
  const grade = button(filled(words.grade_taken, { count: decisions.count }), async () => {
    closeSheet();
    await Promise.all(decisions.units.map((unit) => inTurn("viec", { action: "grade", unit })));
  }, "main");
  const toGrade = () => [
    grade,
    button(words.later, closeSheet, "quiet"),
    h("span", { class: "keys" }, h("kbd", null, "Enter"), ` ${words.grade_key} · `, h("kbd", null, "Esc"), ` ${words.later.toLowerCase()}`),
  ];
  /** @param {HTMLElement} dialog */
  const recountNew = async (dialog) => {
    const fresh = /** @type {Decisions | null} */ (await askAloud("quyet", { job }));
    if (!fresh) return;
    decisions.units = fresh.units;
    grade.textContent = filled(words.grade_taken, { count: fresh.count });
    if (fresh.count && !grade.isConnected) dialog.querySelector(".ft").replaceChildren(...toGrade());
  };
  const body = [
    decisions.refused.length > 0 && [heads.refused, h("ul", { class: "decide" }, decisions.refused.map((refusal) => refusalRow(refusal, people, decide)))],
    decisions.late.length > 0 && [heads.late, decisions.late.map((lateWork) => lateRow(lateWork, decide))],
    decisions.mended.length > 0 && [head("✎", "ink", filled(words.mended, { count: decisions.mended.length }), words.mended_lead), h("ul", { class: "decide" }, decisions.mended.map((work) => mended(work, again)))],
    decisions.fine.count > 0 && [head("✓", "green", filled(words.fine, { count: decisions.fine.count }), ""), h("div", { class: "box" }, h("div", { class: "grow" }, decisions.fine.text,
      h("details", { class: "all" }, h("summary", null, filled(words.see_all, { count: decisions.fine.count })), h("ul", { class: "facts" }, decisions.fine.codes.map((text) => h("li", null, text))))))],
    decisions.known && h("p", { class: "soft" }, decisions.known),
    decisions.units.map((unit) => equalWork(unit, { job })),
    decisions.missing.map((unit) => h("div", { class: "row spaced" }, h("b", null, unit.text), h("span", { class: "soft grow" }, unit.who), button(words.remind, () => done("nhac", { unit: unit.unit_id }), "small quiet"))),
  ];
  const close = () => {
    if (decisions.batch) act("xem-xong", { batch: decisions.batch }).catch(() => {});
    closed();
  };
  const foot = decisions.count > 0 ? toGrade() : [button(words.close, closeSheet, waits ? "quiet" : "main")];
  openSheet({ title: waits || job ? decisions.title : words.all_decided, lead: h("p", { class: "soft" }, decisions.lead), body, foot, kind: "wide taken", closed: close });
}

/** @param {string} sign @param {string} tone @param {string} text @param {string} lead */
const head = (sign, tone, text, lead) => h("h3", { class: `tone-${tone}` }, `${sign} ${text}`, lead && " ", lead && h("span", { class: "soft" }, lead));

/** @typedef {(row: any, name: string, values: Record<string, any>, confirmation: string) => any} Decide */

/** @param {RefusedFile} refusal @param {ClassTable["rows"]} people @param {Decide} decide */
function refusalRow(refusal, people, decide) {
  const answers = h("span", { class: "row answers" }), message = h("div", { "aria-live": "polite" }), requested = h("b", { class: "tone-green" });
  const row = h("li", { "data-waits": true }, h("span", { class: "who" }, refusal.who), h("span", null, refusal.unit), h("span", { class: "why" }, h("b", null, refusal.reason), " ", h("span", { class: "soft" }, refusal.file), requested, message), answers);
  const take = (code) => {
    message.replaceChildren();
    return decide(row, "cua-ai", { refusal: refusal.id, code }, filled(words.decided_owner, { who: code }));
  };
  const ask = async (text = refusal.ask) => {
    message.replaceChildren(h("p", { class: "asked" }, h("b", null, words.asked_with), ` ${text}`));
    await copy(text);
    const answer = refusal.id ? await act("xin-lai", { refusal: refusal.id, code: person.value }).catch(() => null) : null;
    if (answer) mark(answer.text);
    after.again();
  };
  const mark = (text) => {
    requested.textContent = ` ✓ ${text}`;
    row.dataset.requested = "";
  };
  if (refusal.asked) mark(refusal.asked);
  // Arrows change what is chosen, so a person is taken by a press of their own.
  const label = refusal.choose ? words.whose : words.whom;
  const person = h("select", { class: "choose", "aria-label": label }, h("option", { value: "" }, label), people.map(([code, called]) => h("option", { value: code, selected: code === refusal.likely }, [code, called].filter(Boolean).join(" "))));
  const [name, values, text, confirmation] = refusal.stray ? ["khong-phai-bai", refusal.stray, words.no_hand_in, words.decided_no_hand_in] : ["giai-quyet", { refusal: refusal.id }, words.settle, words.decided_settled];
  const takeAs = button(words.take_as, () => (person.value ? take(person.value) : lacking(person, words.whose_lacks, takeAs)), "small");
  answers.append(...[
    refusal.owners.map((owner) => button(owner.text, () => take(owner.code), "small")),
    refusal.choose || refusal.ask_whom ? person : [],
    refusal.choose ? takeAs : [],
    refusal.owners.length ? [] : button(words.ask_again, () => (refusal.ask_whom && person.value ? ask(filled(refusal.ask_whom, { code: person.value })) : ask()), "small grey", { "aria-label": `${words.ask_again}: ${refusal.who}` }),
    originals(refusal.files),
    button(text, () => decide(row, name, values, confirmation), "small grey", { "aria-label": `${text}: ${refusal.stray ? refusal.file : refusal.who}` }),
  ].flat());
  return row;
}

/** @param {LateWork} lateWork @param {Decide} decide */
function lateRow(lateWork, decide) {
  const { unit_id: unit, code, until, at } = lateWork;
  const row = h("div", { class: "box", "data-waits": "" }, h("span", { class: "grow" }, lateWork.text), h("span", { class: "row answers" },
    button(lateWork.button, () => decide(row, "gia-han", { unit, code, until }, words.decided_extended), "small"), button(words.not_taken, () => decide(row, "khong-nhan", { unit, code, at }, words.decided_not_taken), "small grey"), originals(lateWork.files)));
  return row;
}

/** @param {string[]} files */
const originals = (files) => files.map((path) => h("a", { class: "btn small grey", href: `${fileAddress(path)}?download=1`, download: true }, files.length > 1 ? filled(words.open_named, { file: path.split("/").pop() }) : words.open_file));

/** @param {MendedWork} work @param {() => void} again opens the decisions once its sheet is closed */
const mended = (work, again) => h("li", null, h("span", { class: "who" }, work.who), h("span", null, work.unit), h("span", { class: "why" }, work.notes.join(" ")),
  button(words.see, () => openCell({ unit: work.unit_id, code: work.code }, again), "small grey", { "aria-label": `${words.see}: ${work.who}` }));
