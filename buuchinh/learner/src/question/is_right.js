// Whether an answer is right, of all that can be scored; what cannot is never called wrong.
import { typeOf } from "./registry.js";
import { score } from "./scoring.js";

const UNTOLD = ["manual", "unscored", "no_key"];

/** @type {(question: Question, answer: unknown, on: string) => boolean} */
export function isRight(question, answer, on) {
  if (!typeOf(question).scored) return true;
  const { fraction, reason } = score(question, answer, on);
  return fraction > 1 - 1e-9 || UNTOLD.includes(reason ?? "");
}

/** @type {Checker} */
export const checker = { isRight, isWhole: (question, answer) => !typeOf(question).leftOpen(question, answer) };
