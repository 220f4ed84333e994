// The score of "numeric": the same as score.py beside this file.
import { LONGEST, close } from "../../../learner/src/question/compare.js";
import { parseNumber } from "../../../learner/src/question/number.js";
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, remark, scored } from "../../../learner/src/question/scored.js";
import { lengthOf } from "../../../learner/src/question/text.js";

export function unitsOf(question) {
  return [...(question.unit ? [question.unit] : []), ...(question.units ?? [])];
}

export function scoreNumeric(question, key, answer) {
  let given = answer;
  if (typeof answer === "string" && lengthOf(answer) <= LONGEST) {
    const read = parseNumber(answer, unitsOf(question));
    if (read.fault) return scored(0, read.fault);
    given = read.value;
  } else if (!Number.isFinite(answer)) {
    return scored(0, "malformed");
  }
  if (close(given, key.correct, key.tolerance ?? 0, key.relative ?? false)) {
    return scored(1, null, [remark("", true, key.feedback.right)]);
  }
  const slip = (key.mistakes ?? []).find((one) => close(given, one.value, one.tolerance ?? 0, false));
  return scored(0, null, [remark("", false, slip?.feedback ?? key.feedback.wrong)]);
}

registerScorer("numeric", byKey(scoreNumeric));
