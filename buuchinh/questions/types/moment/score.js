// The score of "moment": the same as score.py beside this file.
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, remark, scored } from "../../../learner/src/question/scored.js";
import { readMoment } from "./reading.js";

/** @import { Moment } from "./reading.js" */
/** @typedef {"date" | "time" | "both"} Asks */
/** @typedef {Question & { asks: Asks }} MomentQuestion */
/** @typedef {Key & { correct: string, feedback: Verdict, mistakes?: { value: string, feedback: Feedback }[] }} MomentKey */

/** @type {(moment: Moment, asks: Asks) => string | null} */
export function asKey(moment, asks) {
  const parts = { date: [moment.day], time: [moment.hour], both: [moment.day, moment.hour] }[asks];
  return parts.includes(null) ? null : parts.join("T");
}

/** @type {(question: MomentQuestion, key: MomentKey, answer: unknown) => Score} */
function scoreMoment(question, key, answer) {
  if (typeof answer !== "string") return scored(0, "malformed");
  const moment = readMoment(answer);
  if (!moment) return scored(0, "not_a_moment");
  const momentKey = asKey(moment, question.asks);
  if (momentKey === null) return scored(0, "half_a_moment");
  if (momentKey === key.correct) return scored(1, null, [remark("", true, key.feedback.right)]);
  const slip = (key.mistakes ?? []).find((mistake) => mistake.value === momentKey);
  return scored(0, null, [remark("", false, slip?.feedback ?? key.feedback.wrong)]);
}

registerScorer("moment", byKey(scoreMoment));
