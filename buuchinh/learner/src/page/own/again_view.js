// "Làm lại ba câu về việc này": practice on the same objective, from the lesson in which an answer was wrong.
import { h } from "../../question/dom.js";
import { typeOf } from "../../question/registry.js";
import { score } from "../../question/scoring.js";
import { variantOf } from "../../logic/variants.js";
import { citedOn } from "../../screens/law_dialog.js";
import { mountQuestion } from "../../screens/question_part.js";
import { openWork } from "../../work/work.js";
import { AGAIN } from "../../routes.js";

const HOW_MANY_AGAIN = 3;

export async function againView(host, _page, [unit, name]) {
  const page = host.course.lessons.some(({ id }) => id === unit) ? await host.loaded(unit) : null;
  const earlier = page ? await openWork(host, page) : null;
  const wrongQuestion = page ? wrongQuestionOf(page, name, host.person, earlier.entries()) : null;
  if (!wrongQuestion) return [h("h1", { tabindex: "-1" }, host.say("not_found")), h("a", { class: "hoc-button", href: "#/" }, host.say("to_home"))];
  host.page = page;
  const work = await openWork(host, { id: AGAIN, version: page.version });
  host.work = work;
  const chosen = chosenAgain(page, wrongQuestion, { person: host.person, entries: earlier.entries(), on: host.course.on });
  const fresh = { ...work, entries: () => ({}) }; // asked anew, even if answered here before
  const screen = page.screens.findIndex((screen) => screen.parts.some((part) => part.ask === name)) + 1;
  return [
    h("article", { class: "hoc-sheet" },
      h("h1", { tabindex: "-1" }, host.say("again")),
      h("p", {}, host.say("again_help", { count: chosen.length, lesson: page.title })),
      ...chosen.map((question, n) => mountQuestion(host, fresh, question, { mode: "practice", citations: citedOn(page), number: n + 1, on: host.course.on, level: 2 }))),
    h("div", { class: "hoc-bar" }, h("a", { class: "hoc-button", href: `#/${unit}/${screen || 1}${wrongQuestion.id ? `/${wrongQuestion.id}` : ""}` }, host.say(wrongQuestion.id ? "again_back" : "again_lesson"))),
  ];
}

// Returns the question that was answered wrongly: one of the lesson by its name, or one of a test by its objective.
function wrongQuestionOf(page, name, person, entries) {
  if (name in page.questions) return variantOf(page, name, person, entries);
  const taught = Object.values(page.questions).some((made) => made.some(({ objective }) => objective === name));
  return taught ? { id: null, objective: name } : null;
}

// Returns questions on the same objective: first those without an answer, then the wrong ones, then the right ones; of a
// question with variants, another one than that asked before.
function chosenAgain(page, wrongQuestion, { person, entries, on }) {
  const rank = (question) => {
    const entry = entries[question.id];
    if (!entry) return 0;
    return score(question, entry.answer, on).fraction < 1 ? 1 : 2;
  };
  return Object.keys(page.questions)
    .map((name) => {
      const own = variantOf(page, name, person);
      return own.id === wrongQuestion.id ? page.questions[name].find(({ id }) => id !== wrongQuestion.id) : own;
    })
    .filter((question) => question && question.objective === wrongQuestion.objective && question.keys && typeOf(question).scored)
    .map((question, n) => ({ question, order: [rank(question), n] }))
    .sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1])
    .slice(0, HOW_MANY_AGAIN)
    .map(({ question }) => question);
}
