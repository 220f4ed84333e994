// A picture that follows its lists: the sentence below it is read out when it changes and says what the picture shows.
import { h } from "../question/dom.js";
import { tableOf } from "./table.js";

/** @typedef {{ source: string, sentence: string, provenance: string, caption: string, head: string[], rows: string[][] }} Drawn */

/** @type {(widget: { model: WidgetModel<Drawn>, el: HTMLElement }) => () => void} */
function render({ model, el }) {
  const picture = h("img", {});
  const sentence = h("p", { role: "status" });
  const provenance = h("small", {});
  const summary = h("summary", {});
  const table = h("div", { class: "bc-picture-table", tabindex: "0", role: "region" });
  const folded = h("details", {}, summary, table);

  function draw() {
    const [source, text, caption, rows] = [model.get("source"), model.get("sentence"), model.get("caption"), model.get("rows")];
    picture.hidden = !source;
    if (source) picture.setAttribute("src", source);
    picture.setAttribute("alt", text);
    if (sentence.textContent !== text) sentence.textContent = text;
    provenance.textContent = model.get("provenance");
    summary.textContent = caption;
    table.setAttribute("aria-label", caption);
    folded.hidden = rows.length === 0;
    table.replaceChildren(tableOf(caption, model.get("head"), rows));
  }

  draw();
  model.on("change", draw);
  el.replaceChildren(h("figure", { class: "bc-picture", lang: "vi" }, picture, h("figcaption", {}, sentence, provenance), folded));
  return () => model.off("change", draw);
}

export default { render };
