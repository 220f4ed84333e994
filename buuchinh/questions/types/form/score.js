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
  const found = question.fields.map((field) => /** @type {[Question, Score]} */ ([field, scorerOf(field)(field, own(answer, field.id), field.as_of ?? day)]));
  /** @type {(field: Question) => number} */
  const points = (field) => field.points ?? 1;
  const weight = found.reduce((sum, [field]) => sum + points(field), 0);
  const earned = found.reduce((sum, [field, one]) => sum + points(field) * one.fraction, 0);
  const remarks = found.flatMap(([field, one]) =>
    one.remarks.map((said) => ({ ...said, on: said.on ? `${field.id}/${said.on}` : field.id })),
  );
  return {
    ...scored(weight ? earned / weight : 0, null, remarks),
    parts: Object.fromEntries(found.map(([field, one]) => [field.id, { fraction: one.fraction, reason: one.reason }])),
    provisions: [...new Set(found.flatMap(([, one]) => one.provisions))],
    sources: [...new Set(found.flatMap(([, one]) => one.sources))],
  };
}

registerScorer("form", /** @type {Scorer} */ (scoreForm));
