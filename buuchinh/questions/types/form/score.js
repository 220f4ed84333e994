// The score of "form": the same as score.py beside this file.
import { isObject } from "../../../learner/src/question/compare.js";
import { registerScorer, scorerOf } from "../../../learner/src/question/registry.js";
import { empty, own, scored } from "../../../learner/src/question/scored.js";

/** @typedef {Question & { fields: Question[] }} FormQuestion */

/** @type {(question: FormQuestion, answer: unknown, day: string) => Score} */
function scoreForm(question, answer, day) {
  if (empty(answer)) return scored(0, "missing");
  if (!isObject(answer)) return scored(0, "malformed");
  if (Object.keys(answer).some((name) => !question.fields.some((field) => field.id === name))) return scored(0, "unknown");
  const results = question.fields.map((field) => /** @type {[Question, Score]} */ ([field, scorerOf(field)(field, own(answer, field.id), field.as_of ?? day)]));
  /** @type {(field: Question) => number} */
  const points = (field) => field.points ?? 1;
  const weight = results.reduce((sum, [field]) => sum + points(field), 0);
  const earned = results.reduce((sum, [field, result]) => sum + points(field) * result.fraction, 0);
  const remarks = results.flatMap(([field, result]) =>
    result.remarks.map((fieldRemark) => ({ ...fieldRemark, on: fieldRemark.on ? `${field.id}/${fieldRemark.on}` : field.id })),
  );
  return {
    ...scored(weight ? earned / weight : 0, null, remarks),
    parts: Object.fromEntries(results.map(([field, result]) => [field.id, { fraction: result.fraction, reason: result.reason }])),
    provisions: [...new Set(results.flatMap(([, result]) => result.provisions))],
    sources: [...new Set(results.flatMap(([, result]) => result.sources))],
  };
}

registerScorer("form", /** @type {Scorer} */ (scoreForm));
