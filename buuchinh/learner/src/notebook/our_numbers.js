// Whom to call in one's own office: a list, or how to fill it in.

import { h } from "../question/dom.js";

function render({ model, el }) {
  const { words, lines, faults } = model.get("payload");
  const told = lines.map(({ label, text, phone }) => h("li", {}, `${label}: ${text}${text && phone ? ": " : ""}`, h("strong", {}, phone)));
  const wrong = faults.map((fault) => h("p", { class: "bc-bad" }, fault));
  const list = told.length ? h("ul", { class: "bc-plain" }, ...told) : h("p", {}, words.none);
  el.replaceChildren(h("section", { class: "bc-part", lang: "vi" }, h("p", {}, h("strong", {}, words.title)), list, ...wrong));
}

export default { render };
