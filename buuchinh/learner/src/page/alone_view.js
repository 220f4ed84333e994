// One scenario with nothing around it, at an address of its own: three minutes at a shift's start, or behind a QR.
import { h } from "../question/dom.js";
import { askedOn, openWork, variantOf } from "./asking.js";
import { citedOn } from "./law_dialog.js";

// What was answered here is kept apart from the lesson: a shift looks at it together, a person learns alone.
export async function aloneView(app, page) {
  const work = await openWork(app, page);
  app.work = work;
  const question = variantOf(page, page.asked, app.person);
  return [
    h("article", { class: "hoc-sheet" }, askedOn(app, work, question, { mode: "practice", citations: citedOn(page), on: app.course.on, level: 1, number: 0 })),
    h("p", { class: "hoc-note" }, h("a", { href: "#/" }, app.say("alone_home"))),
  ];
}

export function aloneList(app, page) {
  const card = ({ id, title, about }) => h("li", {}, h("a", { class: "hoc-card", href: `#/${id}` }, h("strong", {}, title), h("span", {}, about)));
  return [
    h("h1", { tabindex: "-1" }, page.title),
    h("p", {}, app.say("alone_help")),
    h("ul", { class: "hoc-cards" }, ...page.listed.map(card)),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, app.say("to_home"))),
  ];
}
