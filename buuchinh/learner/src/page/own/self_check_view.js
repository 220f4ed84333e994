// The sheet for those who study alone: one question a screen, with immediate feedback and, at the end, a score for oneself.
// Nothing is handed in.
import { h } from "../../question/dom.js";
import { numbered, questionsOf } from "../../logic/variants.js";
import { danger } from "../../screens/danger.js";
import { resultOf } from "../../screens/lesson_end.js";
import { nextOf, roleOf, stepsOf } from "../../work/path.js";
import { openWork } from "../../work/work.js";
import { actionBar } from "../action_bar.js";
import { stepHead } from "../step_head.js";
import { drawPart } from "../unit_parts.js";

const PRESSED = "a[href], button, summary, dialog, input:not([type=radio]):not([type=checkbox]), textarea, select"; // they handle Enter themselves
const SIGNS = { right: "✓", wrong: "✗", left: "○" };
const WORDS = { right: "check_right", wrong: "check_wrong", left: "check_ahead" };

// Shows the sheet. number: the place of a question from 1, one beyond the last is the end; question: the id of a question, on any
// screen.
export async function selfCheckView(host, page, number, question = "") {
  const work = await openWork(host, page);
  const questions = questionsOf(page, host.person, work.entries());
  host.work = work;
  const names = Object.keys(questions);
  const questionPlace = names.findIndex((name) => name === question || questions[name].id === question);
  const place = questionPlace >= 0 ? questionPlace : Math.min(Math.max(number, 1) - 1, names.length);
  const name = names[place] ?? null;
  const last = name === null;
  const role = await roleOf(host);
  const following = last ? await nextOf(host, stepsOf(host, role), page.id) : null;
  host.journal.write("last", { unit: page.id, at: place + 1, end: last, ...(name ? { question: name } : {}) }).catch(() => {});

  const to = (n) => `#/${page.id}/${n + 1}`;
  const result = () => resultOf(names, questions, work.entries(), host.course.on);
  const bar = actionBar();
  const head = stepHead(host, { title: page.title, open: () => (location.hash = to(names.length)) });
  const main = h("article", { class: "hoc-sheet hoc-check", lang: "vi" },
    h("h1", { tabindex: "-1", class: last ? null : "hoc-unseen" }, last ? page.title : `${host.say("number", { number: place + 1 })} · ${page.title}`),
    h("p", { class: "hoc-eyebrow" }, host.say("check_heading")),
    ...(last ? ending(host, page, { names, questions, ...result() }, to) : asking()));
  /** @type {any} */
  let state = null; // the state of the question on this screen
  let advised = false; // the question is put off, its advice for the next time is on the screen

  function asking() {
    const lead = place === 0 ? [h("p", { class: "hoc-note" }, host.say("check_lead"))] : [];
    const parts = drawPart(host, page, { ask: name }, { work, questions, numbers: numbered(page), extra: false });
    parts.forEach((element) => element.classList.add("bc-barred"));
    return [...lead, ...parts];
  }

  // Goes to another screen; a choice that is not checked yet is checked first, and its feedback seen.
  function go(address) {
    const holding = [...host.shown.values()].filter((handle) => handle.hold());
    if (!holding.length) location.hash = address;
    else host.announce(`${host.say("held")} ${host.say("held_again")}`);
  }

  function draw() {
    const { left, right, wrong } = result();
    const segments = names.map((id, n) => `${n === place ? "here " : ""}${left.includes(id) ? "ahead" : wrong.includes(id) ? "again" : "right"}`);
    const summary = host.say("done_of", { done: right.length + wrong.length, total: names.length });
    head.set({ segments, told: summary, place: summary, short: `${Math.min(place + 1, names.length)}/${names.length}` });
    const before = place > 0 ? { label: host.say("previous"), press: () => (location.hash = to(place - 1)) } : null;
    if (last) {
      const on = following ? { label: host.say("next"), press: () => go(`#/${following}`) } : { label: host.say("to_home"), press: () => go("#/") };
      return bar.set({ main: on, quiet: before });
    }
    const on = { label: host.say(place + 1 < names.length ? "question_next" : "check_end"), press: () => go(to(place + 1)) };
    if (!state?.label) return bar.set({ main: on, quiet: before });
    if (!["wrong", "partly"].includes(state.state)) advised = false;
    const skip = advised ? on : { label: host.say("later"), press: putOff };
    return bar.set({ main: { label: state.label, press: state.act }, quiet: state.state === "chosen" ? null : skip });
  }

  function putOff() {
    advised = Boolean(host.shown.get(questions[name].id)?.putOff());
    if (advised) draw();
    else go(to(place + 1));
  }

  function onKeydown(event) {
    if (event.key !== "Enter" || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || !main.isConnected) return;
    if (event.target.closest?.(PRESSED) || document.querySelector("dialog[open]")) return;
    bar.press();
    event.preventDefault();
    event.stopImmediatePropagation(); // or the question would react to the same press
  }

  main.addEventListener("buuchinh:state", (/** @type {CustomEvent} */ event) => {
    state = event.detail;
    draw();
  });
  work.watch(draw);
  addEventListener("keydown", onKeydown, true);
  host.closing.add(Promise.resolve(() => removeEventListener("keydown", onKeydown, true)));
  bar.keep(main.querySelector(".bc-saved"));
  draw();
  return [head.element, main, bar.element];
}

// Returns the end: how many were right at the first try, each question with its mark, and the lesson that teaches them.
function ending(host, page, { names, questions, left, right, wrong }, to) {
  const kindOf = (name) => (left.includes(name) ? "left" : wrong.includes(name) ? "wrong" : "right");
  const row = (name, n) => h("li", {}, h("a", { href: to(n) },
    h("span", { "aria-hidden": "true" }, SIGNS[kindOf(name)]), ` ${questions[name].title ?? host.say("number", { number: n + 1 })} `,
    h("span", { class: "hoc-soft" }, `(${host.say(WORDS[kindOf(name)])})`)));
  const lesson = page.id.replace(/^t(?=\d)/u, "l");
  return [
    h("p", { class: "hoc-big", role: "status" }, host.say("check_score", { right: right.length, total: names.length })),
    left.length ? h("p", {}, host.say("check_open", { count: left.length })) : null,
    left.length < names.length ? h("p", {}, host.say("check_private")) : null, // before the first answer there is no such figure
    h("ul", { class: "hoc-check-list" }, ...names.map(row)),
    wrong.length ? h("p", {}, host.say("check_again")) : null,
    ...(page.remember ? [h("p", {}, page.remember[0]), danger(host, page.remember[1])] : []),
    lesson !== page.id && host.course.units[lesson] ? h("p", {}, h("a", { class: "hoc-quiet", href: `#/${lesson}` }, host.say("check_lesson", { lesson: Number(lesson.slice(1)) }))) : null,
  ].filter(Boolean);
}
