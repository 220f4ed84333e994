// The verdict of a short test, shown before its explanations: passed or not, what follows, and which lessons to read first.
import { h } from "../question/dom.js";
import { isFull } from "../question/scored.js";
import { placeOfTest } from "../work/crossed.js";
import { roleOf, stepsOf } from "../work/path.js";
import { listed } from "./listed.js";
import { wayTo } from "./way.js";
import { hasGraded } from "./code_sentence.js";

const ROUNDED = 1e-9; // 0.8 of ten is eight

// Returns the verdict as elements. Reading is never asked for, so whoever passes is free to leave it out; nothing else changes.
/** @param {Host} host */
export async function verdictOf(host, page, { right, told: results }) {
  const role = await roleOf(host);
  const isAfter = placeOfTest(host, page.id) === "after";
  const needed = Math.ceil(page.pass_mark * results.length - ROUNDED);
  const passed = right >= needed;
  const wrong = results.flatMap(({ question, found: outcome }, n) => (isFull(outcome) ? [] : [{ lesson: lessonOf(page, question.id), number: n + 1 }]));
  const way = stepsOf(host, role).filter((id) => host.course.units[id]);
  const reading = way.map((id) => ({ id, numbers: numbersOf(wrong.filter(({ lesson }) => lesson === id)) })).filter(({ numbers }) => numbers.length);
  const off = role ? numbersOf(wrong.filter(({ lesson }) => lesson && !way.includes(lesson))) : [];
  const verdict = passed ? (hasGraded(host) ? "test_passed" : "test_passed_alone") : "test_failed";
  return [
    ...(isAfter ? await beforeOf(host) : [h("p", { class: "hoc-told" }, host.say(verdict, { needed }))]),
    ...(reading.length ? [h("h2", {}, host.say(isAfter || passed ? "test_read_again" : "test_read_first")), h("ol", {}, ...reading.map((lesson) => row(host, lesson)))] : []),
    off.length ? h("p", { class: "hoc-note" }, host.say("test_off_path", { numbers: listed(host, off) })) : null,
    h("p", { class: "hoc-note" }, host.say("test_kept")),
    h("h2", {}, host.say("test_each")),
  ];
}

// Returns the lesson that teaches what a question asks.
export const lessonOf = (page, id) => page.again[id]?.split("/")[0] ?? null;

const numbersOf = (questions) => questions.map(({ number }) => number);

/** @param {Host} host */
function row(host, { id, numbers }) {
  return h("li", {}, h("a", { ...wayTo(host, id) }, host.titleOf(id)), " ", h("span", { class: "hoc-soft" }, host.say("test_wrong", { numbers: listed(host, numbers) })));
}

// Says how the same ten things went before the course.
/** @param {Host} host */
async function beforeOf(host) {
  const end = await host.journal.read("finished", host.course.tests[0].id);
  return end?.total ? [h("p", { class: "hoc-told" }, host.say("test_score_before", { right: end.right, total: end.total }))] : [];
}
