// One question on the screen: earlier answers, the current answer, and a way to practise more of its kind.
import { h } from "../question/dom.js";
import { mount } from "../question/question.js";
import { typeOf } from "../question/registry.js";
import { score } from "../question/scoring.js";
import { isAnswered } from "../logic/answer_entries.js";
import { AGAIN } from "../routes.js";
import { isFull } from "../question/scored.js";

// Tells whether answers come while one types, so that several in a minute are one; in practice each is given by a press.
/** @param {Host} host */
export function isTyped(host, question, mode) {
  return mode === "exam" && host.course.typed.includes(question.type);
}

// Mounts a question; called: the text above it in place of a number.
/** @param {Host} host */
export function mountQuestion(host, work, question, { mode, citations, number = 0, extra = false, on, level = 3, called = "" }) {
  const container = h("div", {});
  const typed = isTyped(host, question, mode);
  const entry = work.entries()[question.id];
  const again = h("p", { class: "hoc-again" }, ...(mode === "practice" && isAnswered(entry) ? offerMore(host, question, entry.answer, on) : []));
  const remarked = (text) => work.remark(question.id, text).then(
    (at) => handle.remarked(at),
    () => handle.remarkFailed(host.say("not_saved")),
  );
  const handle = mount(container, {
    question,
    mode,
    on,
    citations,
    words: host.wordsOf?.(work.unit, question.id) ?? host.words,
    answer: entry?.answer ?? null,
    answeredAt: entry?.at || null,
    first: entry?.first ?? null,
    headingLevel: level,
    ...work.unsent(question.id),
    remark: work.remarkOn(question.id),
    onRemark: host.journal.remark ? remarked : null,
    onAnswer(answer, sent) {
      if (mode === "practice") again.replaceChildren(...offerMore(host, question, answer, on));
      work.put(question.id, answer, typed).then(
        (at) => handle.saved(at, sent, host.journal.unkept?.(work.unit, question.id)),
        (error) => handle.failed(error?.message || host.say("not_saved")),
      );
    },
  });
  host.shown.set(question.id, handle);
  const caption = called || (number ? host.say(extra ? "number_extra" : "number", { number }) : "");
  const label = caption ? h("p", { class: "hoc-number" }, caption) : null;
  return h("section", { class: "hoc-question", id: `hoc-${question.id}` }, label, container, again);
}

// Offers, after a wrong answer in a lesson, three more on the same objective, if the lesson has any.
/** @param {Host} host */
function offerMore(host, question, answer, on) {
  const { page } = host;
  if (page?.kind !== "lesson" || !(AGAIN in host.course.later)) return [];
  const name = Object.keys(page.questions).find((name) => page.questions[name].some(({ id }) => id === question.id));
  if (!name || !typeOf(question).scored || typeOf(question).leftOpen(question, answer) || isFull(score(question, answer, on))) return [];
  const others = Object.values(page.questions).some((made) => made.some((other) => other.id !== question.id && other.objective === question.objective && other.keys && typeOf(other).scored));
  return others ? [h("a", { class: "hoc-quiet", href: `#/${AGAIN}/${page.id}/${name}` }, host.say("again"))] : [];
}
