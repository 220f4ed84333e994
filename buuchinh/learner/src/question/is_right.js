// Tells whether an answer is right, if it can be scored; an answer that cannot, or is not finished, is never called wrong.
import { typeOf } from "./registry.js";
import { score } from "./scoring.js";
import { isFull } from "./scored.js";

const UNTOLD = ["manual", "unscored", "no_key", "unfinished"];

// Tells whether an answer is right; null if there is no verdict.
/** @type {(question: Question, answer: unknown, on: string) => boolean | null} */
export function rightnessOf(question, answer, on) {
  const result = typeOf(question).scored ? score(question, answer, on) : null;
  return !result || UNTOLD.includes(result.reason ?? "") ? null : isFull(result);
}

/** @type {(question: Question, answer: unknown, on: string) => boolean} */
export function isRight(question, answer, on) {
  return rightnessOf(question, answer, on) !== false;
}

/** @type {Checker} */
export const checker = { isRight, rightnessOf, isWhole: (question, answer) => !typeOf(question).leftOpen(question, answer) };
