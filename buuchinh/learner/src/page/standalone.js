// One scenario with nothing around it, at an address of its own: three minutes at a shift's start, or behind a QR code.
import { h } from "../question/dom.js";
import { questionsOf, variantOf } from "../logic/variants.js";
import { citedOn } from "../screens/law_dialog.js";
import { mountQuestion } from "../screens/question_part.js";
import { sheetAt } from "../work/standing.js";
import { openWork } from "../work/work.js";

// Shows it. Answers here are separate from those of the lesson: a shift looks at it together, a person learns alone.
export async function aloneView(host, page) {
  const work = await openWork(host, page);
  host.work = work;
  const question = variantOf(page, page.asked, host.person);
  return [
    h("article", { class: "hoc-sheet" }, mountQuestion(host, work, question, { mode: "practice", citations: citedOn(page), on: host.course.on, level: 1, number: 0 })),
    h("p", { class: "hoc-note" }, h("a", { href: "#/" }, host.say("alone_home"))),
  ];
}

// Shows the case of the day: a question of its lesson and saved with it, but without a place on the way through the lesson.
export async function caseView(host, name) {
  const { unit, title } = host.course.cases[name];
  const page = await sheetAt(host, unit);
  const work = await openWork(host, page);
  Object.assign(host, { page: { ...page, title }, work });
  const question = questionsOf(page, host.person, work.entries())[name];
  return [
    h("p", { class: "hoc-eyebrow" }, host.say("case_today")),
    h("article", { class: "hoc-sheet" }, mountQuestion(host, work, question, { mode: "practice", citations: citedOn(page), on: host.course.on, level: 1, number: 0 })),
    h("p", {}, h("a", { class: "hoc-edge", href: "#/" }, host.say("to_home"))),
  ];
}

export function aloneList(host, page) {
  const card = ({ id, title, about }) => h("li", {}, h("a", { class: "hoc-card", href: `#/${id}` }, h("strong", {}, title), h("span", {}, about)));
  return [
    h("h1", { tabindex: "-1" }, page.title),
    h("p", {}, host.say("alone_help")),
    h("ul", { class: "hoc-cards" }, ...page.listed.map(card)),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home"))),
  ];
}
