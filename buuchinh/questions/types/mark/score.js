// The score of "mark" is that of "multiple", over the passages.
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey } from "../../../learner/src/question/scored.js";
import { scoreMultiple } from "../multiple/score.js";

export function passagesOf(question) {
  return question.document.flatMap((paragraph) => (Array.isArray(paragraph) ? paragraph : [])).filter((piece) => typeof piece !== "string");
}

registerScorer("mark", byKey((question, key, answer) => scoreMultiple({ ...question, options: passagesOf(question) }, key, answer)));
