// A short test: ten questions without feedback, then the result, what to read, and each explanation.
import { button, h } from "../question/dom.js";
import { tell } from "../question/feedback.js";
import { mount } from "../question/question.js";
import { score } from "../question/scoring.js";
import { hourOf, isoNow } from "../logic/answer_entries.js";
import { keepOrder, placeOfTest } from "../work/crossed.js";
import { citedOn } from "./law_dialog.js";
import { mountQuestion } from "./question_part.js";
import { lessonOf, verdictOf } from "./test_verdict.js";
import { roleOf } from "../work/path.js";
import { AGAIN } from "../routes.js";
import { isFull } from "../question/scored.js";

// Shows a test; work: the person's work on it so far.
/** @param {Host} host */
export async function testView(host, test, work) {
  const page = { ...test, title: host.titleOf(test.id) };
  host.page = page;
  host.work = work;
  const end = await host.journal.read("finished", page.id);
  const body = end?.version === page.version ? await result(host, page, end) : asking(host, page, work, end);
  return [h("article", { class: "hoc-sheet" }, h("h1", { tabindex: "-1" }, page.title), ...body), h("div", { class: "hoc-bar" }, h("a", { class: "hoc-quiet", href: "#/" }, host.say("to_home")))];
}

// Asks the questions. `before`: how an earlier version ended; its questions are gone, so its result is shown as it was.
/** @param {Host} host */
function asking(host, page, work, before) {
  const status = h("p", { role: "status", class: "hoc-note" });
  let sure = false;
  work.watch(() => page.shown.some(({ id }) => work.given(id)) && keepOrder(host).catch(() => {})); // the next answer tries again
  async function finish() {
    const missing = page.shown.map(({ id }, n) => (work.given(id) ? 0 : n + 1)).filter(Boolean);
    if (missing.length && !sure) {
      sure = true;
      status.textContent = host.say("test_missing", { numbers: missing.join(", ") });
      return;
    }
    const answers = Object.fromEntries(Object.entries(work.entries()).map(([id, { answer }]) => [id, answer]));
    const { right, told: { length: total } } = marked(host, page, answers);
    const { earlier = [], ...last } = before ?? {};
    const end = { format: 1, unit: page.id, version: page.version, code: host.person ?? null, finished_at: isoNow(), place: placeOfTest(host, page.id), answers, right, total, ...(before ? { earlier: [last, ...earlier] } : {}) };
    await keepOrder(host);
    await host.journal.write("finished", end, page.id);
    host.open();
  }
  return [
    before ? h("p", { class: "hoc-note" }, ended(host, before)) : null,
    h("p", {}, host.say("test_help")),
    ...page.shown.map((question, n) => mountQuestion(host, work, unpointed(question), { mode: "exam", citations: {}, number: n + 1, on: host.course.on, level: 2 })),
    button(host.say("test_finish"), finish, "hoc-button"),
    status,
  ];
}

// Returns a question without its points, which would be read as a mark: a short test counts for nothing.
const unpointed = (question) => ({ ...question, points: 0 });

/** @param {Host} host */
function ended(host, { version, finished_at, right, total }) {
  const figures = total ? [host.say("test_score", { right, total })] : []; // written down since 0.2.0
  return [host.say("test_before", { version, at: hourOf(finished_at) }), ...figures, host.say("test_anew")].join(" ");
}

/** @param {Host} host */
export function marked(host, page, answers) {
  const results = page.shown.map(({ id }) => ({ question: page.told[id], found: score(page.told[id], answers[id] ?? null, host.course.on) }));
  return { told: results, right: results.filter(({ found: outcome }) => isFull(outcome)).length };
}

// Shows the question as it was answered, to read and not to change.
/** @param {Host} host */
function answerView(host, question, answer) {
  const container = h("div", { inert: true });
  mount(container, { question: unpointed(question), mode: "exam", words: host.words, answer, headingLevel: 2 });
  return h("details", { class: "hoc-fold", open: true }, h("summary", {}, host.say("test_question")), container);
}

/** @param {Host} host */
async function result(host, page, end) {
  const { right, told: results } = marked(host, page, end.answers);
  const role = await roleOf(host);
  const isOffPath = (lesson) => role !== null && !role.path.includes(lesson);
  return [
    h("p", { class: "hoc-big" }, host.say("test_score", { right, total: results.length })),
    ...(await verdictOf(host, page, { right, told: results })),
    ...results.map(({ question, found: outcome }, n) =>
      h("section", { class: "hoc-question" },
        h("p", { class: "hoc-number" }, host.say("number", { number: n + 1 })),
        answerView(host, page.shown[n], end.answers[question.id] ?? null),
        h("div", { class: "bc-root bc-question" }, h("div", { class: "bc-feedback" }, ...tell(question, outcome, { words: host.words, citations: citedOn(page), whole: true }))),
        isFull(outcome) || !page.again[question.id] || isOffPath(lessonOf(page, question.id)) ? null : h("p", {}, h("a", { class: "hoc-quiet", href: `#/${AGAIN}/${page.again[question.id]}` }, host.say("again"))))),
  ];
}
