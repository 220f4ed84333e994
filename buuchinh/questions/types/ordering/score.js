// The score of "ordering": the same as score.py beside this file.
import { isIdList } from "../../browser/comparing.js";
import { registerScorer } from "../../browser/registry.js";
import { byKey, has, remark, scored } from "../../browser/scored.js";

export function scoreOrdering(question, key, answer) {
  if (!isIdList(answer)) return scored(0, "malformed");
  if (answer.some((one) => !has(key.feedback, one))) return scored(0, "unknown");
  if (answer.length !== key.correct.length) return scored(0, "malformed");
  const remarks = answer.map((one, n) => remark(one, one === key.correct[n], key.feedback[one]));
  return scored(remarks.filter((one) => one.right).length / remarks.length, null, remarks);
}

registerScorer("ordering", byKey(scoreOrdering));
