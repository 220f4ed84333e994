// Where the main part of a lesson ends: what went well, what to look at again, what is still open.
import { h } from "../question/dom.js";
import { typeOf } from "../question/registry.js";
import { score } from "../question/scoring.js";
import { isGiven } from "../logic/answer_entries.js";
import { openOf } from "../work/standing.js";

const UNTOLD = ["manual", "unscored", "no_key"];

// What became of some questions (by the names under which the page asks them): names without an answer, how many were right
// at the first try of those that can be, the names of those that were not.
export function resultOf(names, questions, entries, on) {
  const found = { left: [], scored: 0, wrong: [] };
  for (const name of names) {
    const question = questions[name];
    const entry = entries[question.id];
    if (!isGiven(entry)) {
      found.left.push(name);
      continue;
    }
    const first = typeOf(question).scored ? score(question, entry.first, on) : null;
    if (!first || UNTOLD.includes(first.reason)) continue;
    found.scored += 1;
    if (first.fraction < 1 - 1e-9) found.wrong.push(name);
  }
  return found;
}

// The questions of the main part, in order.
export function coreOf(page) {
  const asked = page.screens.filter((screen) => !screen.extra).flatMap((screen) => screen.parts.flatMap((part) => part.ask ?? []));
  return [...new Set(asked)];
}

export function endingView(host, page, work, { questions, numbers }) {
  const core = coreOf(page);
  const { left, scored, wrong } = resultOf(core, questions, work.entries(), page.on ?? host.course.on);
  const extra = openOf(host.course.units[page.id].extra, work.entries());
  const list = (word, names, kind = "") => (names.length ? [h("div", { class: kind }, h("h3", {}, host.say(word)), h("ul", {}, ...names.map((name) => h("li", {}, linkTo(host, page, name, questions[name], numbers)))))] : []);
  const right = scored - wrong.length;
  return h("section", { class: "hoc-ending" },
    h("h2", {}, left.length ? host.say("end_open", { count: left.length }) : h("span", { class: "hoc-good" }, "✓ ", host.say("end_title"))),
    left.length ? h("p", {}, host.say("end_of", { done: core.length - left.length, total: core.length })) : null,
    scored ? h("p", { class: "hoc-big" }, host.say(wrong.length ? "end_right" : "end_all_right", { right, scored })) : null,
    ...list("end_left", left, "hoc-no-print"),
    ...list("end_again", wrong),
    extra.length ? h("p", { class: "hoc-note" }, host.say("end_more", { count: extra.length })) : null);
}

export function linkTo(host, page, name, question, numbers) {
  const at = page.screens.findIndex(({ parts }) => parts.some((part) => part.ask === name)) + 1;
  const called = host.say("number", { number: numbers.get(name) });
  const title = question.title ?? page.screens[at - 1].title;
  return h("a", { href: `#/${page.address ?? page.id}/${at}/${question.id}` }, `${called}. ${title}`);
}
