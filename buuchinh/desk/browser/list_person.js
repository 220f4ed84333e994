// The sheet of one person of the list: extra time, leaving the class, erasing all data.
import { button, done } from "./acting.js";
import { moment } from "./cell_sheet.js";
import { filled, h, tell, words } from "./dom.js";
import { showOutcome } from "./list_outcome.js";
import { askAloud } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";
import { giveTime, stillToCome } from "./time_given.js";

/** @param {string} code */
export async function openPersonSheet(code) {
  const person = /** @type {PersonSheet | null} */ (await askAloud("nguoi", { code }));
  if (!person) return;
  const again = (answer) => answer && openPersonSheet(code);
  const until = h("div");
  const choose = h("select", { class: "choose", id: "extra-unit", on: { change: () => field() } }, person.units.map((unit) => h("option", { value: unit.unit }, `${unit.short} ${unit.subject}`)));
  const field = () => {
    const unit = person.units.find((unit) => unit.unit === choose.value);
    until.replaceChildren(h("p", { class: "soft" }, `${filled(words.class_deadline, { at: unit.deadline })} · ${unit.state}`), moment(words.extend_to, words.extend, stillToCome(unit.until), async (to, place) => again(await giveTime("gia-han", { unit: unit.unit, code, until: to }, place))));
  };
  if (person.units.length) field();
  const own = person.units.filter((unit) => unit.own);
  const body = [
    h("h3", null, words.extra_time),
    person.units.length ? [h("label", { class: "unseen", for: "extra-unit" }, words.unit), choose, until] : h("p", { class: "soft" }, words.no_deadlines),
    own.length > 0 && h("ul", { class: "facts" }, own.map((unit) => h("li", null, h("span", { class: "grow" }, h("b", null, unit.short), ` ${filled(words.own_deadline, { at: unit.own })}`),
      button(words.take_back, async () => again(await done("thoi-gia-han", { unit: unit.unit, code })), "small grey", { "aria-label": `${words.take_back}: ${unit.short}` })))),
    h("h3", null, words.membership),
    button(words.leave, async () => (await done("roi-lop", { code })) && closeSheet(), "small grey"),
    h("h3", null, words.erase),
    h("p", { class: "soft" }, words.erase_lead),
    h("div", { class: "row spaced" }, button(words.erase_button, () => openErase(code), "small grey")),
  ];
  const who = [person.name, person.office, person.role].filter(Boolean).join(" · ");
  openSheet({ title: person.code, lead: h("p", { class: "soft" }, who), body, kind: "side", first: "select" });
}

/** @param {string} code */
async function openErase(code) {
  const preview = /** @type {ErasePreview | null} */ (await askAloud("xoa-gi", { code }));
  if (!preview) return;
  const typed = h("input", { id: "typed-code", autocomplete: "off", spellcheck: "false", on: { input: () => ready() } });
  const erase = async () => {
    if (!typed.value.trim()) return typed.focus();
    go.disabled = true;
    tell(words.erasing);
    const answer = await done("xoa-han", { code, typed: typed.value });
    ready();
    if (!answer) return typed.focus();
    closeSheet();
    return showOutcome(answer, words.erased);
  };
  const go = button(words.erase, erase, "small danger", { disabled: true });
  const ready = () => {
    go.disabled = !typed.value.trim();
  };
  openSheet({
    title: filled(words.erase_title, { code }), lead: h("p", { class: "soft" }, words.erase_lead),
    body: [h("p", null, filled(words.erase_places, { count: preview.places.length })), h("ul", { class: "facts" }, preview.places.map((place) => h("li", null, place))),
      h("div", { class: "field" }, h("label", { for: "typed-code" }, filled(words.erase_type, { code }), typed))],
    foot: [button(words.cancel, closeSheet, "small"), go], first: "#typed-code",
  });
}
