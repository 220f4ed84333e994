// The result of a scorer, and helpers of all scorers: the same as buuchinh/questions/scored.py.
import { isObject } from "./compare.js";
import { asSeen, strip } from "./text.js";

/** @type {(fraction: number, reason?: string | null, remarks?: Remark[]) => Score} */
export function scored(fraction, reason = null, remarks = []) {
  return { fraction, reason, remarks, parts: {}, provisions: [], sources: [] };
}

// Tells whether a score is the whole of its points; fractions are inexact in the last digits.
/** @type {(score: {fraction: number}) => boolean} */
export function isFull({ fraction }) {
  return fraction > 1 - 1e-9;
}

// Returns a remark. `feedback` is a sentence, or the parts into which its author divided it: the sentence then joins all of them.
/** @type {(on: string, right: boolean, feedback: Feedback) => Remark} */
export function remark(on, right, feedback) {
  if (typeof feedback === "string") return { on, right, text: feedback };
  const advice = Object.fromEntries(Object.entries(feedback).filter(([, part]) => part));
  return { on, right, text: advice.text ?? [advice.believed, advice.why, advice.do].filter(Boolean).join(" "), told: advice };
}

/** @type {(table: object, name: string) => boolean} */
export function has(table, name) {
  return Object.prototype.hasOwnProperty.call(table, name);
}

/** @type {<T>(table: Named<T>, name: string) => T | null} */
export function own(table, name) {
  return has(table, name) ? table[name] : null;
}

/** @type {(question: Question, day: string) => Key | null} */
export function keyOn(question, day) {
  return (question.keys ?? []).find((key) => (!key.from || key.from <= day) && (!key.to || day < key.to)) ?? null;
}

/** @type {(answer: unknown) => boolean} */
export function empty(answer) {
  if (answer === null || answer === undefined) return true;
  if (typeof answer === "string") return strip(asSeen(answer)) === "";
  if (Array.isArray(answer)) return answer.length === 0;
  return isObject(answer) && Object.keys(answer).length === 0;
}

// Returns a scorer (question, answer, day) around score(question, key, answer).
/**
 * @template {Question} Q
 * @template {Key} K
 * @param {(question: Q, key: K, answer: unknown) => Score} score
 * @returns {Scorer}
 */
export function byKey(score) {
  return (question, answer, day) => {
    const key = keyOn(question, day);
    if (!key) return scored(0, "no_key");
    const earned = empty(answer) ? scored(0, "missing") : score(/** @type {Q} */ (question), /** @type {K} */ (key), answer);
    return { ...earned, provisions: key.provisions ?? [], sources: key.sources ?? [] };
  };
}
