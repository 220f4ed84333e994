// The score of "matching": the same as score.py beside this file.
import { isObject } from "../../../learner/src/question/compare.js";
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, has, own, remark, scored } from "../../../learner/src/question/scored.js";

/** @typedef {Question & { left: Choice[], right: Choice[] }} MatchingQuestion */
/** @typedef {Key & { correct: Named<string>, feedback: Named<Feedback>, chosen?: Named<Named<Feedback>> }} MatchingKey */

/** @type {(question: MatchingQuestion, key: MatchingKey, answer: unknown) => Score} */
function scoreMatching(question, key, answer) {
  if (!isPairs(answer)) return scored(0, "malformed");
  const offered = new Set(question.right.map((entry) => entry.id));
  const unknown = Object.entries(answer).some(([left, right]) => !has(key.correct, left) || !offered.has(right));
  if (unknown) return scored(0, "unknown");
  const remarks = question.left
    .map((entry) => entry.id)
    .filter((id) => has(answer, id))
    .map((id) => remark(id, answer[id] === key.correct[id], wordOnPair(key, id, answer[id])));
  return scored(remarks.filter((item) => item.right).length / Object.keys(key.correct).length, null, remarks);
}

/** @type {(answer: unknown) => answer is Named<string>} */
function isPairs(answer) {
  return isObject(answer) && Object.values(answer).every((id) => typeof id === "string");
}

// Returns the author's remark on the chosen pair if there is one, else the one on the left entry.
/** @type {(key: MatchingKey, left: string, right: string) => Feedback} */
function wordOnPair(key, left, right) {
  if (right === key.correct[left]) return key.feedback[left];
  return own(own(key.chosen ?? {}, left) ?? {}, right) ?? key.feedback[left];
}

registerScorer("matching", byKey(scoreMatching));
