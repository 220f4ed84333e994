// The score of "mark" is that of "multiple", over the passages.
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey } from "../../../learner/src/question/scored.js";
import { scoreMultiple } from "../multiple/score.js";

/** @import { MultipleKey } from "../multiple/score.js" */
/** @typedef {Question & { heading?: string | null, document: (string | (string | Choice)[])[], all_or_nothing?: boolean }} MarkQuestion paragraphs, and in them passages to choose */

/** @type {(question: MarkQuestion) => Choice[]} */
export function passagesOf(question) {
  return question.document.flatMap((paragraph) => (Array.isArray(paragraph) ? paragraph : [])).filter((piece) => typeof piece !== "string");
}

/** @type {(question: MarkQuestion, key: MultipleKey, answer: unknown) => Score} */
const scoreMark = (question, key, answer) => scoreMultiple({ ...question, options: passagesOf(question) }, key, answer);

registerScorer("mark", byKey(scoreMark));
