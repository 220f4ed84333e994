// The table of lesson 2 for use at work: the persons who may open, hold or examine an item, and the papers that it needs.
import { h } from "../../question/dom.js";
import { EMERGENCY } from "../../routes.js";

export function openingView(host, page) {
  const table = h("div", { class: "hoc-prose hoc-rows" });
  table.innerHTML = page.html; // our own committed lesson
  const heads = [...table.querySelectorAll("th")].map((head) => head.textContent);
  table.querySelectorAll("tbody tr").forEach((row) => [...row.children].forEach((cell, n) => cell.setAttribute("data-head", heads[n])));
  return [
    h("article", { class: "hoc-sheet" },
      h("h1", { tabindex: "-1" }, page.title),
      h("p", {}, h("strong", {}, host.say("opening_first"))),
      h("p", { class: "hoc-alarm" }, h("a", { href: `#/${EMERGENCY}` }, page.danger)),
      table,
      h("p", { class: "hoc-note" }, host.say("reviewed", { on: host.course.reviewed, version: host.course.version }), " ", h("a", { href: `#/${page.lesson}` }, host.titleOf(page.lesson)))),
  ];
}
