// Work that is more alike than chance explains: named in other sheets once it is found, and two works side by side.
import { button, done } from "./acting.js";
import { h, words } from "./dom.js";
import { ask, askAloud } from "./server.js";
import { closeSheet, openSheet } from "./sheets.js";

/** Return a place that fills itself when the pairs of a unit, or of one person in it, are found; it stays empty where there are none. @param {string} unit @param {string} [code] */
export function equalWork(unit, code) {
  const place = h("div", null);
  ask("giong", { unit }).then((/** @type {EqualPairs} */ reply) => {
    const pairs = reply.pairs.filter((pair) => !code || pair.first === code || pair.second === code);
    if (!pairs.length) return;
    place.append(h("h3", null, `≈ ${code ? words.alike_word : reply.title}`, h("span", { class: "soft" }, reply.lead)),
      ...pairs.map((pair) => h("div", { class: "box" }, h("span", { class: "grow" }, pair.text), button(words.see_two, () => openPair(unit, pair.first, pair.second), "small grey"))));
  }).catch(() => {});
  return place;
}

/** @param {string} unit @param {string} first @param {string} second */
export async function openPair(unit, first, second) {
  const pair = /** @type {TwoWorks | null} */ (await askAloud("hai-bai", { unit, first, second }));
  if (!pair) return;
  const rows = pair.rows.map((row) => h("tr", null, h("th", { scope: "row" }, `${row.number}. ${row.stem}`, h("div", { class: "soft" }, row.why)), h("td", null, row.left), h("td", null, row.right)));
  const away = button(words.put_away, async () => {
    if (await done("cat-cap", { unit, first, second })) closeSheet();
  }, "small");
  openSheet({
    title: pair.title, lead: h("p", { class: "soft" }, pair.lead), foot: [away, button(words.close, closeSheet, "small quiet")],
    body: [h("p", null, h("b", null, pair.evidence)), h("table", { class: "two" }, h("thead", null, h("tr", null, h("td", null), h("th", { scope: "col" }, pair.left), h("th", { scope: "col" }, pair.right))), h("tbody", null, rows))],
  });
}
