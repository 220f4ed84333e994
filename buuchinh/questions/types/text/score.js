// The score of "text": the same as score.py beside this file.
import { LONGEST } from "../../../learner/src/question/compare.js";
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, remark, scored } from "../../../learner/src/question/scored.js";
import { lengthOf } from "../../../learner/src/question/text.js";
import { worded } from "../../../learner/src/question/wording.js";

/** @typedef {Question & { lines?: number, marks?: boolean, task?: boolean }} TextQuestion */
/** @typedef {Key & { correct: string[], feedback?: Verdict | null, mistakes?: { text: string, feedback: Feedback }[] }} TextKey */

/** @type {(question: TextQuestion, key: TextKey, answer: unknown) => Score} */
function scoreText(question, key, answer) {
  if (typeof answer !== "string") return scored(0, "malformed");
  if (question.manual || !key.feedback) return scored(0, "manual");
  if (lengthOf(answer) > LONGEST) return scored(0, "malformed");
  const actual = worded(answer, question.marks);
  /** @type {(text: string) => boolean} */
  const same = (text) => actual === worded(text, question.marks);
  if (key.correct.some(same)) return scored(1, null, [remark("", true, key.feedback.right)]);
  const slip = (key.mistakes ?? []).find((mistake) => same(mistake.text));
  return scored(0, null, [remark("", false, slip?.feedback ?? key.feedback.wrong)]);
}

registerScorer("text", byKey(scoreText));
