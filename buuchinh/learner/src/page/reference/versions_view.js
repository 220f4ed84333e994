// What a person has in other versions of a graded sheet: a way to go on in each, and to hand in what no sheet is left of.
import { button, h } from "../../question/dom.js";
import { codeForm } from "../code_form.js";
import { entriesOf, isGiven } from "../../logic/answer_entries.js";
import { linesOf } from "../sheets.js";
import { packedUp, receiptView } from "./handing.js";

// begun: [{version, done}], without the one that is shown.
export function versionsBox(app, page, begun) {
  const { earlier, version: newest } = app.course.units[page.id];
  const earlierOnes = begun.filter(({ version }) => version !== newest);
  return h("section", { class: "hoc-sheet hoc-no-print" },
    ...(page.version === newest ? [] : [h("p", {}, app.say("sheet_begun", { version: page.version }), " ", h("a", { href: `#/${page.id}-${newest}/1` }, app.say("sheet_newest", { version: newest })))]),
    ...earlierOnes.map((one) => h("div", {},
      h("p", {}, app.say("of_version", { count: one.done, version: one.version }), " ", one.version in earlier ? h("a", { href: `#/${page.id}-${one.version}/1` }, app.say("sheet_open")) : app.say("sheet_gone")),
      one.version in earlier ? null : withoutSheet(app, page, one.version))));
}

// The lines are here and the sheet is not: they are handed in as they are.
function withoutSheet(app, { id, title }, version) {
  const told = h("p", { role: "status", class: "hoc-note" });
  const place = h("div", {});
  async function handIn() {
    if (!app.person) {
      told.textContent = app.say("hand_in_code");
      place.replaceChildren(codeForm(app, () => app.open()));
      return;
    }
    try {
      const entries = entriesOf(await linesOf(app, id, version));
      const page = { id, title, version, ids: Object.keys(entries).filter((name) => isGiven(entries[name])) };
      place.replaceChildren(receiptView(app, page, await packedUp(app, page, entries)));
      told.textContent = "";
    } catch (error) {
      told.textContent = app.say("hand_in_failed", { why: String(error?.message ?? error) });
    }
  }
  return h("div", {}, button(app.say("sheet_hand_in"), handIn, "hoc-quiet"), told, place);
}
