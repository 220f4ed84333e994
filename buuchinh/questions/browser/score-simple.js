// Scores of the types that choose, order, match, count and write.
import { LONGEST, close, isIdList, isObject } from "./comparing.js";
import { parseNumber } from "./number.js";
import { lengthOf } from "./text.js";
import { worded } from "./wording.js";

export function scored(fraction, reason = null, remarks = []) {
  return { fraction, reason, remarks, parts: {}, provisions: [], sources: [] };
}

export function remark(on, right, text) {
  return { on, right, text };
}

export function has(table, name) {
  return Object.hasOwn(table, name);
}

export function scoreSingle(question, key, answer) {
  if (typeof answer !== "string") return scored(0, "malformed");
  if (!has(key.feedback, answer)) return scored(0, "unknown");
  const right = answer === key.correct;
  return scored(Number(right), null, [remark(answer, right, key.feedback[answer])]);
}

export function scoreMultiple(question, key, answer) {
  if (!isIdList(answer)) return scored(0, "malformed");
  if (answer.some((one) => !has(key.feedback, one))) return scored(0, "unknown");
  const chosen = question.options.map((option) => option.id).filter((one) => answer.includes(one));
  const right = chosen.filter((one) => key.correct.includes(one)).length;
  const wrong = chosen.length - right;
  let share = Math.max(0, (right - wrong) / key.correct.length);
  if (question.all_or_nothing) share = Number(wrong === 0 && right === key.correct.length);
  return scored(share, null, chosen.map((one) => remark(one, key.correct.includes(one), key.feedback[one])));
}

export function unitsOf(question) {
  return [...(question.unit ? [question.unit] : []), ...(question.units ?? [])];
}

export function scoreNumeric(question, key, answer) {
  let given = answer;
  if (typeof answer === "string" && lengthOf(answer) <= LONGEST) {
    const read = parseNumber(answer, unitsOf(question));
    if (read.fault) return scored(0, read.fault);
    given = read.value;
  } else if (!Number.isFinite(answer)) {
    return scored(0, "malformed");
  }
  if (close(given, key.correct, key.tolerance ?? 0, key.relative ?? false)) {
    return scored(1, null, [remark("", true, key.feedback.right)]);
  }
  const slip = (key.mistakes ?? []).find((one) => close(given, one.value, one.tolerance ?? 0, false));
  return scored(0, null, [remark("", false, slip?.feedback ?? key.feedback.wrong)]);
}

export function scoreOrdering(question, key, answer) {
  if (!isIdList(answer)) return scored(0, "malformed");
  if (answer.some((one) => !has(key.feedback, one))) return scored(0, "unknown");
  if (answer.length !== key.correct.length) return scored(0, "malformed");
  const remarks = answer.map((one, n) => remark(one, one === key.correct[n], key.feedback[one]));
  return scored(remarks.filter((one) => one.right).length / remarks.length, null, remarks);
}

export function scoreMatching(question, key, answer) {
  if (!isObject(answer) || !Object.values(answer).every((one) => typeof one === "string")) return scored(0, "malformed");
  const offered = new Set(question.right.map((entry) => entry.id));
  const unknown = Object.entries(answer).some(([left, right]) => !has(key.correct, left) || !offered.has(right));
  if (unknown) return scored(0, "unknown");
  const remarks = question.left
    .map((entry) => entry.id)
    .filter((one) => has(answer, one))
    .map((one) => remark(one, answer[one] === key.correct[one], key.feedback[one]));
  return scored(remarks.filter((one) => one.right).length / Object.keys(key.correct).length, null, remarks);
}

export function scoreText(question, key, answer) {
  if (typeof answer !== "string" || lengthOf(answer) > LONGEST) return scored(0, "malformed");
  if (question.manual || !key.feedback) return scored(0, "manual");
  const given = worded(answer, question.marks);
  const same = (text) => given === worded(text, question.marks);
  if (key.correct.some(same)) return scored(1, null, [remark("", true, key.feedback.right)]);
  const slip = (key.mistakes ?? []).find((one) => same(one.text));
  return scored(0, null, [remark("", false, slip?.feedback ?? key.feedback.wrong)]);
}
