// The side sheets of a cell, of a unit and of a person.
import { openAccept } from "./accept_dialog.js";
import { button, lacking, perform } from "./acting.js";
import { filled, h, words } from "./dom.js";
import { equalWork } from "./equal_sheet.js";
import { sheetPart } from "./sheet_part.js";
import { askAloud, fileAddress } from "./server.js";
import { openSheet } from "./sheets.js";
import { giveTime } from "./time_given.js";

/** @param {{ unit: string, code: string }} of @param {(restored: boolean) => void} closed */
export async function openCell({ unit, code }, closed) {
  const cell = /** @type {CellSheet | null} */ (await askAloud("o", { unit, code }));
  if (!cell) return;
  const again = () => openCell({ unit, code }, closed);
  const who = [cell.code, cell.name, cell.office].filter(Boolean).join(" · ");
  const body = [
    h("p", { class: `verdict tone-${cell.state.tone}` }, `${cell.state.sign} ${cell.state.text}`.trim()),
    cell.total && h("p", null, cell.total),
    cell.reasons.map((reason) => h("p", null, reason)),
    h("p", { class: "soft" }, cell.deadline),
    cell.why.map((why) => h("p", null, why)),
    h("div", { class: "row spaced" }, cell.actions.filter((action) => action.kind !== "extend").map((action, n) => button(action.text, () => (action.kind === "accept" ? openAccept(cell, again) : perform(action)), n ? "small grey" : "small")), cell.feedback && h("a", { class: "btn small grey", href: fileAddress(cell.feedback), target: "_blank", rel: "noopener" }, words.feedback), cell.sent && h("span", { class: cell.outdated ? "tone-open" : "tone-green" }, `➤ ${cell.sent}. ${cell.outdated}`.trim())),
    cell.actions.some((action) => action.kind === "extend") && moment(words.extend_to, words.extend, cell.until, async (until, place) => (await giveTime("gia-han", { unit, code, until }, place)) && again()),
    cell.questions.length > 0 && [h("h3", null, words.points), h("ul", { class: "facts" }, cell.questions.map((question) => h("li", null,
      h("span", { class: `tone-${question.tone}`, "aria-hidden": "true" }, question.sign),
      h("span", { class: "grow" }, question.text, question.critical && h("span", { class: "soft" }, ` (${question.critical})`), question.comment && h("div", { class: "soft" }, question.comment)),
      h("span", { class: "num" }, question.points))))],
    equalWork(unit, { code, asked: true }),
    h("h3", null, words.handed_in),
    cell.handed_in.length ? h("ul", { class: "facts" }, cell.handed_in.map((submission) => h("li", null,
      h("span", { class: "grow" }, submission.at, " · ", submission.text), submission.path && h("a", { href: `${fileAddress(submission.path)}?download=1`, download: true }, words.file)))) : h("p", { class: "soft" }, words.not_handed_in),
    cell.notes.length > 0 && [h("h3", null, words.notes), h("ul", { class: "facts" }, cell.notes.map((note) => h("li", null, note)))],
  ];
  openSheet({ title: cell.heading, lead: h("p", { class: "soft" }, who), body, kind: "side", closed });
}

/** @param {string} unit @param {(restored: boolean) => void} closed */
export async function openUnit(unit, closed) {
  const about = /** @type {UnitSheet | null} */ (await askAloud("bai", { unit }));
  if (!about) return;
  const body = [
    h("p", null, about.deadline),
    about.waits && h("p", { class: "tone-open" }, about.waits),
    h("div", { class: "row spaced" }, about.actions.map((action, n) => button(action.text, () => perform(action), n ? "small grey" : "small"))),
    moment(words.deadline_to, words.set_deadline, about.until, async (until, place) => (await giveTime("han", { unit, until }, place)) && openUnit(unit, closed)),
    sheetPart(words.next_sitting, about.next_sitting, () => openUnit(unit, closed)),
    sheetPart(words.hand_out, about.hand_out, () => openUnit(unit, closed)),
    h("h3", null, words.states),
    h("ul", { class: "facts" }, about.states.map((state) => h("li", null, h("span", { class: `tone-${state.tone}`, "aria-hidden": "true" }, state.sign), h("span", { class: "grow" }, state.text, state.who.map((who) => h("div", { class: "soft" }, who)))))),
    sheetPart(words.give_back, about.give_back, () => openUnit(unit, closed)),
    equalWork(unit, { asked: true }),
    about.reports.length > 0 && h("ul", { class: "facts" }, about.reports.map(({ path, text }) => h("li", null, h("a", { href: `${fileAddress(path)}?download=1`, download: true }, text)))),
  ];
  openSheet({ title: about.heading, body, kind: "side", closed });
}

/** @param {ClassTable} table @param {string} code @param {(restored: boolean) => void} closed */
export function openPerson(table, code, closed) {
  const [, name, office, role, cells] = table.rows.find((row) => row[0] === code);
  const rows = cells.map(([number, points = ""], n) => {
    const state = table.states[number];
    if (state.tone === "none") return null;
    const unit = table.units[n];
    return h("li", null, h("span", { class: "grow" }, h("b", null, unit.short), ` ${unit.subject}`), h("span", { class: `num tone-${state.tone}` }, h("span", { "aria-hidden": "true" }, state.sign), ` ${[points, state.full].filter(Boolean).join(" · ")}`),
      button(words.see, () => openCell({ unit: unit.id, code }, closed), "small grey", { "aria-label": `${words.see}: ${unit.short}` }));
  });
  openSheet({ title: [code, name].filter(Boolean).join(" "), lead: h("p", { class: "soft" }, [office, role].filter(Boolean).join(" · ")), body: [h("ul", { class: "facts" }, rows)], kind: "side", closed });
}

/** Return a field for a day and an hour. @param {string} label @param {string} go @param {string} value @param {(until: string, place: HTMLElement) => any} act the place is where a question about it stands */
export function moment(label, go, value, act) {
  const [day = "", clock = ""] = value.split("T");
  const date = h("input", { type: "date", value: day }), time = h("input", { type: "time", value: clock || "17:00", "aria-label": words.clock });
  const meant = h("span", { class: "meant", role: "status" }), place = h("div", { class: "questions" });
  // Say which day is meant: a browser in another language shows month and day the other way round.
  const show = () => {
    const until = new Date(`${date.value}T${time.value || "23:59"}`);
    const day = until.toLocaleDateString("vi-VN", { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric" });
    meant.replaceChildren(...(date.value ? [filled(words.meant, { clock: time.value || "23:59", day }), until < new Date() ? h("b", { class: "tone-open" }, ` (${words.meant_past})`) : ""] : []));
  };
  const set = button(go, () => (date.value ? act(`${date.value} ${time.value || "23:59"}`, place) : lacking(date, words.day_lacks, set)), "small");
  const enter = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.repeat) return;
    event.preventDefault();
    set.focus();
    set.click();
  };
  for (const field of [date, time]) {
    field.addEventListener("input", show);
    field.addEventListener("keydown", enter);
  }
  show();
  return h("div", { class: "field" }, h("label", null, label, h("span", { class: "row" }, date, time)), set, meant, place);
}

/** @param {string} title @param {string} text */
export function openText(title, text) {
  const area = h("textarea", { readonly: true, "aria-label": title }, text);
  openSheet({ title: filled(title, {}), body: [area], first: "textarea" });
  area.select();
}
