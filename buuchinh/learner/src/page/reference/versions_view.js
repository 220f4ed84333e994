// A person's work in other versions of a graded sheet: a way to go on in each, and to hand in work without a sheet.
import { button, h } from "../../question/dom.js";
import { codeForm } from "../../screens/code_form.js";
import { isAnswered } from "../../logic/answer_entries.js";
import { packedUp, receiptView } from "./hand_in_file.js";

// Returns the box. begun: [{version, done}], without the version that is shown.
export function versionsBox(host, page, begun) {
  const { earlier, version: newest } = host.course.units[page.id];
  const earlierOnes = begun.filter(({ version }) => version !== newest);
  return h("section", { class: "hoc-sheet hoc-no-print" },
    ...(page.version === newest ? [] : [h("p", {}, host.say("sheet_begun", { version: page.version }), " ", h("a", { href: `#/${page.id}-${newest}/1` }, host.say("sheet_newest", { version: newest })))]),
    ...earlierOnes.map((version) => h("div", {},
      h("p", {}, host.say("of_version", { count: version.done, version: version.version }), " ", version.version in earlier ? h("a", { href: `#/${page.id}-${version.version}/1` }, host.say("sheet_open")) : host.say("sheet_gone")),
      version.version in earlier ? null : withoutSheet(host, page, version.version))));
}

// Hands in lines without their sheet, which no longer exists, as they are.
function withoutSheet(host, { id, title }, version) {
  const status = h("p", { role: "status", class: "hoc-note" });
  const place = h("div", {});
  async function handIn() {
    if (!host.person) {
      status.textContent = host.say("hand_in_code");
      place.replaceChildren(codeForm(host, () => host.open()));
      return;
    }
    try {
      const entries = await host.journal.entries({ unit: id, version });
      const page = { id, title, version, ids: Object.keys(entries).filter((name) => isAnswered(entries[name])) };
      place.replaceChildren(receiptView(host, page, await packedUp(host, page, entries)));
      status.textContent = "";
    } catch (error) {
      status.textContent = host.say("hand_in_failed", { why: String(error?.message ?? error) });
    }
  }
  return h("div", {}, button(host.say("sheet_hand_in"), handIn, "hoc-quiet"), status, place);
}
