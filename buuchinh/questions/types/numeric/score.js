// The score of "numeric": the same as score.py beside this file.
import { LONGEST, close, isNumber } from "../../../learner/src/question/compare.js";
import { parseNumber } from "../../../learner/src/question/number.js";
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, remark, scored } from "../../../learner/src/question/scored.js";
import { lengthOf } from "../../../learner/src/question/text.js";

/** @typedef {Question & { unit?: string | null, units?: string[], minimum?: number | null, maximum?: number | null }} NumericQuestion */
/** @typedef {{ value: number, tolerance?: number, feedback: Feedback }} Mistake */
/** @typedef {Key & { correct: number, tolerance?: number, relative?: boolean, feedback: Verdict, mistakes?: Mistake[] }} NumericKey */

/** @type {(question: NumericQuestion) => string[]} */
export function unitsOf(question) {
  return [...(question.unit ? [question.unit] : []), ...(question.units ?? [])];
}

/** @type {(question: NumericQuestion, key: NumericKey, answer: unknown) => Score} */
function scoreNumeric(question, key, answer) {
  /** @type {number} */
  let number;
  if (typeof answer === "string" && lengthOf(answer) <= LONGEST) {
    const read = parseNumber(answer, unitsOf(question));
    if ("fault" in read) return scored(0, read.fault);
    number = read.value;
  } else if (isNumber(answer)) number = answer;
  else return scored(0, "malformed");
  if (close(number, key.correct, key.tolerance ?? 0, key.relative ?? false)) {
    return scored(1, null, [remark("", true, key.feedback.right)]);
  }
  const slip = (key.mistakes ?? []).find((mistake) => close(number, mistake.value, mistake.tolerance ?? 0, false));
  return scored(0, null, [remark("", false, slip?.feedback ?? key.feedback.wrong)]);
}

registerScorer("numeric", byKey(scoreNumeric));
