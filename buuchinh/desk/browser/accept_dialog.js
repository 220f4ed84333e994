// Shows what would be accepted before it is: each answer as it was handed in, what the machine found, and the points that it gives.
import { button, done } from "./acting.js";
import { h, words } from "./dom.js";
import { openSheet } from "./sheets.js";

/** @param {CellSheet} cell @param {() => any} again opens the sheet of the cell again */
export function openAccept(cell, again) {
  const { to_accept: offered, unit, code } = cell;
  const rows = offered.answers.map((answer) => h("li", null,
    h("p", null, h("b", null, answer.question), " ", h("span", { class: "soft" }, answer.stem)),
    h("dl", null, h("dt", null, words.accept_words), h("dd", null, answer.words), h("dt", null, words.accept_rerun), h("dd", null, answer.rerun)),
    h("p", { class: "num" }, answer.points)));
  const accept = button(words.accept_do, async () => {
    if (await done("chap-nhan", { unit, code, seen: offered.seen })) await again();
  }, "main");
  openSheet({
    title: offered.title, lead: h("p", { class: "soft" }, [code, cell.name].filter(Boolean).join(" "), " · ", words.accept_lead), kind: "wide accept",
    body: [h("ul", { class: "answers" }, rows), offered.answers.length > 1 && h("p", { class: "total" }, offered.total)], foot: [accept, button(words.cancel, again, "quiet")],
  });
}
