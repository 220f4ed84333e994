// Live counts: a sentence that is read out when it changes, bars for the eye, a table with the same figures.
import { h } from "../question/dom.js";
import { tableOf } from "./table.js";

/** @typedef {{ sentence: string, bars: [string, number][], caption: string, head: string[], rows: string[][] }} Counts */

/** @type {(widget: { model: WidgetModel<Counts>, el: HTMLElement }) => () => void} */
function render({ model, el }) {
  const sentence = h("p", { role: "status" });
  const bars = h("div", { class: "bc-bars", "aria-hidden": "true" });
  const table = h("div", { class: "bc-bars-table", tabindex: "0", role: "region" });

  function draw() {
    const [text, caption] = [model.get("sentence"), model.get("caption")];
    if (sentence.textContent !== text) sentence.textContent = text;
    bars.replaceChildren(...barsOf(model.get("bars")));
    table.setAttribute("aria-label", caption);
    table.replaceChildren(tableOf(caption, model.get("head"), model.get("rows")));
  }

  draw();
  model.on("change", draw);
  el.replaceChildren(h("div", { class: "bc-told-counts", lang: "vi" }, sentence, bars, table));
  return () => model.off("change", draw);
}

/** @type {(bars: Counts["bars"]) => HTMLElement[]} */
function barsOf(bars) {
  const top = Math.max(...bars.map(([, value]) => value)) || 1;
  return bars.map(([name, value]) => {
    const length = `width: ${((value / top) * 100).toFixed(1)}%`;
    return h("div", { class: "bc-bar" }, h("span", {}, name), h("span", {}, h("span", { style: length })));
  });
}

export default { render };
