// The way to a unit of the course.
import { sheetOf } from "../work/path.js";

// Returns the attributes of a link to a unit, or to a printable sheet: that is a page of its own, and seen once it was opened.
/** @param {Host} host */
export function wayTo(host, id, place = "") {
  const sheet = sheetOf(host, id);
  if (!sheet) return { href: `#/${id}${place}` };
  async function see() {
    await host.journal.write("sheets", [...new Set([...(await host.journal.read("sheets")), id])].sort());
    await host.open();
  }
  return { href: host.fileAt(sheet.sheet), target: "_blank", rel: "noopener", onclick: see };
}
