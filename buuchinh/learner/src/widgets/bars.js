// What counts tell, live: a sentence that is read out when it changes, bars for the eye, a table that says the same.
import { h } from "../question/dom.js";

function render({ model, el }) {
  const sentence = h("p", { role: "status" });
  const bars = h("div", { class: "bc-bars", "aria-hidden": "true" });
  const table = h("div", { class: "bc-bars-table", tabindex: "0", role: "region" });

  function draw() {
    const [said, caption, head, rows] = ["sentence", "caption", "head", "rows"].map((name) => model.get(name));
    if (sentence.textContent !== said) sentence.textContent = said;
    bars.replaceChildren(...barsOf(model.get("bars")));
    table.setAttribute("aria-label", caption);
    table.replaceChildren(tableOf(caption, head, rows));
  }

  draw();
  model.on("change", draw);
  el.replaceChildren(h("div", { class: "bc-told-counts", lang: "vi" }, sentence, bars, table));
  return () => model.off("change", draw);
}

function barsOf(bars) {
  const top = Math.max(...bars.map(([, value]) => value)) || 1;
  return bars.map(([name, value]) => {
    const length = `width: ${((value / top) * 100).toFixed(1)}%`;
    return h("div", { class: "bc-bar" }, h("span", {}, name), h("span", {}, h("span", { style: length })));
  });
}

function tableOf(caption, head, rows) {
  const body = rows.map(([first, ...others]) => h("tr", {}, h("th", { scope: "row" }, first), ...others.map((cell) => h("td", {}, cell))));
  const top = h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)));
  return h("table", {}, h("caption", {}, caption), h("thead", {}, top), h("tbody", {}, ...body));
}

export default { render };
