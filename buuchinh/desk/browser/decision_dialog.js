// Asks for the decisions that taken-in files need: each with its two or three answers as buttons; then what was mended and what is fine.
import { button, copy, done, startEach } from "./acting.js";
import { filled, h, tell, words } from "./dom.js";
import { equalWork } from "./equal_sheet.js";
import { act, ask, fileAddress } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";

/** @param {string} job @param {any[]} people @param {() => void} closed */
export async function openDecisions(job, people, closed) {
  let found;
  try {
    found = await ask("quyet", { job });
  } catch (error) {
    return tell(/** @type {Error} */ (error).message || words.gone);
  }
  const again = () => openDecisions(job, people, closed);
  const body = [
    found.refused.length > 0 && [head("✕", "open", filled(words.refused, { count: found.refused.length }), words.refused_lead), h("ul", { class: "decide" }, found.refused.map((one) => refused(one, people, again)))],
    found.late.length > 0 && [head("◷", "open", filled(words.late, { count: found.late.length }), words.late_lead), found.late.map((one) => late(one, again))],
    found.mended.length > 0 && [head("✎", "ink", filled(words.mended, { count: found.mended.length }), words.mended_lead), h("ul", { class: "decide" }, found.mended.map(mended))],
    found.fine.count > 0 && [head("✓", "green", filled(words.fine, { count: found.fine.count }), ""), h("div", { class: "box" }, h("div", { class: "grow" }, found.fine.text,
      h("details", { class: "all" }, h("summary", null, filled(words.see_all, { count: found.fine.count })), h("ul", { class: "facts" }, found.fine.codes.map((text) => h("li", null, text))))))],
    found.known && h("p", { class: "soft" }, found.known),
    found.missing.map((one) => h("div", { class: "row spaced" }, h("b", null, one.text), h("span", { class: "soft grow" }, one.who), button(words.remind, () => done("nhac", { unit: one.unit_id }), "small quiet"))),
    found.units.map((unit) => equalWork(unit)),
    !found.refused.length && !found.count && !job && h("p", null, words.all_decided),
  ];
  const close = () => {
    if (found.batch) act("xem-xong", { batch: found.batch }).catch(() => {});
    closed();
  };
  const foot = found.count > 0 ? [
    button(filled(words.grade_taken, { count: found.count }), async () => {
      closeSheet();
      await startEach(found.units.map((unit) => ({ action: "grade", unit })));
    }, "main"),
    button(words.later, closeSheet, "quiet"),
    h("span", { class: "keys" }, h("kbd", null, "Esc"), ` ${words.later.toLowerCase()}`),
  ] : [];
  openSheet({ title: found.title, lead: h("p", { class: "soft" }, found.lead), body, foot, closed: close });
}

/** @param {string} sign @param {string} tone @param {string} text @param {string} lead */
const head = (sign, tone, text, lead) => h("h3", { class: `tone-${tone}` }, `${sign} ${text}`, lead && h("span", { class: "soft" }, lead));

/** @param {any} one @param {any[]} people @param {() => any} again */
function refused(one, people, again) {
  const take = async (code) => {
    if (await done("cua-ai", { refusal: one.id, code })) closeSheet();
  };
  const buttons = one.owners.map((owner) => button(owner.text, () => take(owner.code), "small"));
  if (one.choose) {
    const chosen = h("select", { class: "choose", "aria-label": words.whose, on: { change: () => chosen.value && take(chosen.value) } },
      h("option", { value: "" }, words.whose), people.map(([code, name]) => h("option", { value: code }, [code, name].filter(Boolean).join(" "))));
    buttons.push(chosen);
  }
  if (!one.owners.length) buttons.push(button(words.ask_again, () => copy(one.ask), "small grey"));
  if (one.path && !one.owners.length) buttons.push(h("a", { class: "btn small grey", href: `${fileAddress(one.path)}?download=1`, download: true }, words.open_file));
  if (one.settle) buttons.push(button(words.settle, async () => (await done("giai-quyet", { refusal: one.id })) && again(), "small grey"));
  return h("li", null, h("span", { class: "who" }, one.who), h("span", null, one.unit), h("span", { class: "why" }, h("b", null, one.reason), " ", h("span", { class: "soft" }, one.file)), h("span", { class: "row" }, buttons));
}

/** @param {any} one @param {() => any} again */
const late = (one, again) => h("div", { class: "box" }, h("span", { class: "grow" }, one.text),
  one.button && button(one.button, async () => (await done("gia-han", { unit: one.unit_id, code: one.code, until: one.until })) && again(), "small grey"));

/** @param {any} one */
const mended = (one) => h("li", null, h("span", { class: "who" }, one.who), h("span", null, one.unit), h("span", { class: "why" }, one.notes.join(" ")), null);
