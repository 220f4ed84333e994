// A question as it was answered, to read and not to change, with its mark by the solutions, the reason and the legal basis.
import { h, labelOf } from "../question/dom.js";
import { basisOf, tell } from "../question/feedback.js";
import { mount } from "../question/question.js";

const SENTENCES = { person: "solutions_person", unread: "solutions_unread", none: "solutions_none" };

/** @param {Host} host */
export function markedOn(host, work, question, marks, { number, name = question.id, level = 3 }) {
  const container = h("div", {});
  const answer = work.entries()[question.id]?.answer ?? null;
  const handle = mount(container, { question, mode: "exam", words: host.words, answer, headingLevel: level });
  container.querySelectorAll("fieldset").forEach((fieldset) => (fieldset.disabled = true)); // read aloud still
  host.shown.set(question.id, handle);
  return h("section", { class: "hoc-question hoc-marked", id: `hoc-${question.id}` },
    number ? h("p", { class: "hoc-number" }, host.say("number", { number })) : null, container, cardOf(host, marks, name));
}

/** @param {Host} host */
export function cardOf(host, marks, id) {
  const { state, question, found: result } = marks.of(id);
  const card = (...content) => h("div", { class: "bc-root bc-question" }, h("div", { class: "bc-feedback" }, ...content));
  if (state in SENTENCES) return card(h("div", { class: "bc-card" }, h("p", { class: "bc-headline" }, host.say(SENTENCES[state]))));
  try {
    const tools = { words: host.words, citations: marks.cited, whole: true };
    const basis = state === "empty" ? basisOf(groundsOf(question), host.words, marks.cited) : [];
    return card(...tell(question, result, tools), ...(state === "right" ? [] : solution(host, question)), ...basis);
  } catch (error) {
    console.warn(error); // texts of a shape that no author writes
    return card(h("div", { class: "bc-card" }, h("p", { class: "bc-headline" }, host.say(SENTENCES.unread))));
  }
}

// Returns the legal basis of all keys of a question, also where nothing was answered.
function groundsOf(question) {
  const keys = [question, ...Object.values(question).filter(Array.isArray).flat()].flatMap((item) => item?.keys ?? []);
  const all = (/** @type {"provisions" | "sources"} */ name) => [...new Set(keys.flatMap((key) => key[name]))];
  return { provisions: all("provisions"), sources: all("sources") };
}

// Names what is right, where that is one word or a few; elsewhere the remarks say it row by row.
function solution(host, question) {
  const right = question.keys?.[0]?.correct;
  const answers = [right].flat().map((value) => (typeof value === "number" ? new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 10 }).format(value) : value));
  if (!answers.length || !answers.every((value) => typeof value === "string")) return [];
  const words = question.options ? answers.map((value) => labelOf(question.options, value)).join("; ") : answers[0];
  return [h("p", { class: "hoc-solution" }, h("strong", {}, host.say("solutions_answer")), " ", words)];
}
