// Says how a class list was read, and what is left to check in it.
import { h, words } from "./dom.js";
import { openSheet } from "./sheets.js";

/** @param {{ text?: string, lines?: string[], asks?: boolean }} answer @param {string} [title] */
export function showOutcome(answer, title = words.list_done) {
  if (!answer.lines?.length) return;
  openSheet({ title, lead: h("p", { class: "soft" }, answer.text), body: [h("ul", { class: "facts" }, answer.lines.map((line) => h("li", null, line)))], first: "h2" });
}
