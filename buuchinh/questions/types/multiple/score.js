// The score of "multiple", and of every type of which several parts may be right: the same as score.py.
import { isIdList } from "../../../learner/src/question/compare.js";
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, has, remark, scored } from "../../../learner/src/question/scored.js";

/** @typedef {Choosing & { all_or_nothing?: boolean }} MultipleQuestion */
/** @typedef {Key & { correct: string[], feedback: Named<Feedback> }} MultipleKey */

/** @type {(question: MultipleQuestion, key: MultipleKey, answer: unknown) => Score} */
export function scoreMultiple(question, key, answer) {
  if (!isIdList(answer)) return scored(0, "malformed");
  if (answer.some((id) => !has(key.feedback, id))) return scored(0, "unknown");
  const chosen = question.options.map((option) => option.id).filter((id) => answer.includes(id));
  const right = chosen.filter((id) => key.correct.includes(id)).length;
  const wrong = chosen.length - right;
  let share = Math.max(0, (right - wrong) / key.correct.length);
  if (question.all_or_nothing) share = Number(wrong === 0 && right === key.correct.length);
  return scored(share, null, chosen.map((id) => remark(id, key.correct.includes(id), key.feedback[id])));
}

registerScorer("multiple", byKey(scoreMultiple));
