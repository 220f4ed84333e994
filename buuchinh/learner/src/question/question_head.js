// The head of a question: its number, its title, and what an exam says of it.
import { fill, h } from "./dom.js";
import { typeOf } from "./registry.js";

/** @type {(question: Question, mode: string, words: Words, level: number, number: string | number | null) => HTMLElement[]} */
export function headOf(question, mode, words, level, number) {
  const title = question.title ?? null;
  const badges = [
    mode === "exam" && question.critical ? h("span", { class: "bc-badge bc-critical" }, words.critical) : null,
    mode === "exam" && typeOf(question).scored && question.points !== 0
      ? h("span", { class: "bc-badge" }, fill(words.points, { points: pointsOf(question) }))
      : null,
    question.as_of ? h("span", { class: "bc-badge" }, fill(words.as_of, { day: question.as_of.split("-").reverse().join("-") })) : null,
  ].filter(Boolean);
  const counted = number ? h("span", { class: "bc-counted" }, fill(words.number, { number })) : null;
  const heading = title ? h(level ? `h${level}` : "p", { class: "bc-title" }, title) : null;
  return counted || heading || badges.length ? [h("div", { class: "bc-head" }, counted, heading, ...badges)] : [];
}

/** @type {(question: Question) => string} */
function pointsOf(question) {
  return new Intl.NumberFormat("vi-VN").format(question.points ?? 1);
}
