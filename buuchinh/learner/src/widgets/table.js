// The table behind what a widget shows, by its columns.
import { h } from "../question/dom.js";

/** @type {(caption: string, head: string[], rows: string[][]) => HTMLElement} */
export function tableOf(caption, head, rows) {
  const body = rows.map(([first, ...others]) => h("tr", {}, h("th", { scope: "row" }, first), ...others.map((cell) => h("td", {}, cell))));
  const top = h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)));
  return h("table", {}, h("caption", {}, caption), h("thead", {}, top), h("tbody", {}, ...body));
}
