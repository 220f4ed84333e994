// An exercise that is done in JupyterLab: what the page says of it before all else, and what it folds away.
import { h } from "../question/dom.js";
import { typeOf } from "../question/registry.js";

export function isOfLab(page) {
  return page.screens.some((screen) => screen.lab);
}

// The first screen: where it is done and what can be done here; its own text is to be read, no cell stands on a page.
export function labFirst(host, page, { numbers, questions }, shown) {
  const here = page.ids.filter((id) => !typeOf(questions[id]).fromCode).map((id) => numbers.get(id));
  return [
    h("div", { class: "hoc-told" },
      h("p", {}, h("strong", {}, host.say("lab_first"))),
      h("p", {}, host.say("lab_how")),
      here.length ? h("p", {}, host.say("lab_here", { numbers: here.join(", ") })) : null),
    h("details", { class: "hoc-fold" }, h("summary", {}, host.say("lab_read")), ...shown),
  ];
}
