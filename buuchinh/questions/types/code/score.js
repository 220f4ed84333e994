// The score of "code": the same as score.py beside this file.
import { isKind, isObject, shareEqual } from "../../../learner/src/question/compare.js";
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, has, own, remark, scored } from "../../../learner/src/question/scored.js";

/** @typedef {{ id: string, label: string, kind: string, minimum?: number | null, maximum?: number | null, columns?: string[], yes_no?: boolean | null }} Value */
/** @typedef {Question & { values: Value[] }} CodeQuestion */
/** @typedef {{ value_id: string, value: unknown, tolerance?: number, feedback: Feedback }} Mistake */
/** @typedef {Key & { correct: Named<unknown>, tolerance?: number, relative?: boolean, row_order?: boolean, weights?: Named<number>, feedback: Verdict, mistakes?: Mistake[] }} CodeKey */

/** @type {(question: CodeQuestion, key: CodeKey, answer: unknown) => Score} */
function scoreCode(question, key, answer) {
  if (!isObject(answer)) return scored(0, "malformed");
  if (Object.keys(answer).some((name) => !has(key.correct, name))) return scored(0, "unknown");
  /** @type {Named<PartScore>} */
  const parts = {};
  /** @type {Remark[]} */
  let slips = [];
  for (const { id, kind } of question.values) {
    const value = own(answer, id);
    if (value === null) parts[id] = { fraction: 0, reason: "missing" };
    else if (!isKind(kind, value)) parts[id] = { fraction: 0, reason: "malformed" };
    else {
      const options = { tolerance: key.tolerance ?? 0, relative: key.relative ?? false, rowOrder: key.row_order ?? false };
      const share = shareEqual(kind, value, key.correct[id], options);
      parts[id] = { fraction: share, reason: null };
      for (const slip of share < 1 ? (key.mistakes ?? []) : []) {
        const slipHow = { tolerance: slip.tolerance ?? 0, relative: false, rowOrder: false };
        if (slip.value_id === id && shareEqual(kind, value, slip.value, slipHow) === 1) slips.push(remark(id, false, slip.feedback));
      }
    }
  }
  /** @type {(name: string) => number} */
  const weight = (name) => key.weights?.[name] ?? 1;
  const names = question.values.map((value) => value.id);
  const total = names.reduce((sum, name) => sum + weight(name), 0);
  const share = names.reduce((sum, name) => sum + weight(name) * parts[name].fraction, 0) / total;
  const whole = names.every((name) => parts[name].fraction === 1);
  if (whole) slips = [remark("", true, key.feedback.right)];
  else if (!slips.length) slips = [remark("", false, key.feedback.wrong)];
  return { ...scored(whole ? 1 : share, null, slips), parts };
}

registerScorer("code", byKey(scoreCode));
