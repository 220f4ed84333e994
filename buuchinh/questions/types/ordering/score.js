// The score of "ordering": the same as score.py beside this file.
import { isIdList } from "../../../learner/src/question/compare.js";
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, has, own, remark, scored } from "../../../learner/src/question/scored.js";

/** @typedef {Question & { items: Choice[] }} OrderingQuestion */
/** @typedef {Key & { correct: string[], feedback: Named<Feedback>, early?: Named<Feedback>, late?: Named<Feedback> }} OrderingKey */

/** @type {(question: OrderingQuestion, key: OrderingKey, answer: unknown) => Score} */
function scoreOrdering(_question, key, answer) {
  if (!isIdList(answer)) return scored(0, "malformed");
  if (answer.some((id) => !has(key.feedback, id))) return scored(0, "unknown");
  if (answer.length !== key.correct.length) return scored(0, "malformed");
  const remarks = answer.map((id, n) => remark(id, id === key.correct[n], wordOnPlace(key, id, n)));
  return scored(remarks.filter((item) => item.right).length / remarks.length, null, remarks);
}

// Returns the author's remark on the chosen place, too early or too late, if there is one, else the one on the item.
/** @type {(key: OrderingKey, item: string, place: number) => Feedback} */
function wordOnPlace(key, item, place) {
  const right = key.correct.indexOf(item);
  const word = place < right ? key.early : place > right ? key.late : key.feedback;
  return own(word ?? {}, item) ?? key.feedback[item];
}

registerScorer("ordering", byKey(scoreOrdering));
