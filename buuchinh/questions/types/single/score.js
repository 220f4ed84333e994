// The score of "single": the same as score.py beside this file.
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, has, remark, scored } from "../../../learner/src/question/scored.js";

/** @typedef {Key & { correct: string, feedback: Named<Feedback> }} SingleKey */

/** @type {(question: Question, key: SingleKey, answer: unknown) => Score} */
function scoreSingle(_question, key, answer) {
  if (typeof answer !== "string") return scored(0, "malformed");
  if (!has(key.feedback, answer)) return scored(0, "unknown");
  const right = answer === key.correct;
  return scored(Number(right), null, [remark(answer, right, key.feedback[answer])]);
}

registerScorer("single", byKey(scoreSingle));
