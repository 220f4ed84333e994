// An exercise that is done in JupyterLab: the notice above it on its page, and the folded text.
import { h } from "../question/dom.js";
import { typeOf } from "../question/registry.js";

export function isOfLab(page) {
  return page.screens.some((screen) => screen.lab);
}

// Returns the first screen: that it is done in JupyterLab, the questions that can be answered here, and its own text to read,
// without cells.
export function labFirst(host, page, { numbers, questions }, drawn) {
  const here = page.ids.filter((id) => !typeOf(questions[id]).fromCode).map((id) => numbers.get(id));
  return [
    h("div", { class: "hoc-told" },
      h("p", {}, h("strong", {}, host.say("lab_first"))),
      h("p", {}, host.say("lab_how")),
      here.length ? h("p", {}, host.say("lab_here", { numbers: here.join(", ") })) : null),
    h("details", { class: "hoc-fold" }, h("summary", {}, host.say("lab_read")), ...drawn),
  ];
}
