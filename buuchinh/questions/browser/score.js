// score(question, answer, on): what buuchinh/questions/scoring.py does, word for word. `on` is "2026-11-25".
import { isKind, isObject, shareEqual } from "./comparing.js";
import {
  has, remark, scored, scoreMatching, scoreMultiple, scoreNumeric, scoreOrdering, scoreSingle, scoreText,
} from "./score-simple.js";
import { strip } from "./text.js";

const MOST_STEPS = 200;
const SCORERS = {
  single: scoreSingle,
  multiple: scoreMultiple,
  picture: scoreMultiple,
  numeric: scoreNumeric,
  ordering: scoreOrdering,
  matching: scoreMatching,
  text: scoreText,
  scenario: scoreScenario,
  code: scoreCode,
};

export function score(question, answer, on) {
  const day = question.as_of ?? on;
  if (question.type === "form") return scoreForm(question, answer, day);
  if (question.type === "survey") return scored(0, empty(answer) ? "missing" : "unscored");
  return scoreKeyed(question, answer, day);
}

export function keyOn(question, day) {
  return (question.keys ?? []).find((key) => (!key.from || key.from <= day) && (!key.to || day < key.to)) ?? null;
}

function scoreKeyed(question, answer, day) {
  const key = keyOn(question, day);
  if (!key) return scored(0, "no_key");
  const found = empty(answer) ? scored(0, "missing") : SCORERS[question.type](question, key, answer);
  return { ...found, provisions: key.provisions ?? [], sources: key.sources ?? [] };
}

export function empty(answer) {
  if (answer === null || answer === undefined) return true;
  if (typeof answer === "string") return strip(answer) === "";
  if (Array.isArray(answer)) return answer.length === 0;
  return isObject(answer) && Object.keys(answer).length === 0;
}

// The most points that a simple path can earn.
function bestPoints(question, key, name) {
  if (has(question.ends, name)) return 0;
  const ways = question.nodes[name].choices.map(
    (choice) => key.correct[name][choice.id] + bestPoints(question, key, choice.next),
  );
  return Math.max(...ways);
}

// The first choice at each node counts: going back shows what would have happened and changes no point.
export function firstChoices(answer) {
  const first = {};
  for (const { node, choice } of answer) if (!has(first, node)) first[node] = choice;
  return first;
}

function scoreScenario(question, key, answer) {
  if (!Array.isArray(answer) || answer.length > MOST_STEPS) return scored(0, "malformed");
  for (const step of answer) {
    if (!isObject(step) || typeof step.node !== "string" || typeof step.choice !== "string") return scored(0, "malformed");
    if (!has(key.correct, step.node) || !has(key.correct[step.node], step.choice)) return scored(0, "unknown");
  }
  const first = firstChoices(answer);
  const remarks = [];
  let place = question.start;
  let points = 0;
  while (has(first, place)) {
    const chosen = first[place];
    const offered = key.correct[place];
    points += offered[chosen];
    remarks.push(
      remark(`${place}/${chosen}`, offered[chosen] === Math.max(...Object.values(offered)), key.feedback[place][chosen]),
    );
    place = question.nodes[place].choices.find((choice) => choice.id === chosen).next;
  }
  const ending = has(key.ends, place) ? key.ends[place] : null;
  if (ending) remarks.push(remark(place, ending.kind === "safe", ending.feedback));
  return scored(Math.min(1, points / bestPoints(question, key, question.start)), ending ? null : "unfinished", remarks);
}

function scoreForm(question, answer, day) {
  if (empty(answer)) return scored(0, "missing");
  if (!isObject(answer)) return scored(0, "malformed");
  if (Object.keys(answer).some((name) => !question.fields.some((field) => field.id === name))) return scored(0, "unknown");
  const found = question.fields.map((field) => [field, scoreKeyed(field, own(answer, field.id), field.as_of ?? day)]);
  const points = (field) => field.points ?? 1;
  const weight = found.reduce((sum, [field]) => sum + points(field), 0);
  const earned = found.reduce((sum, [field, one]) => sum + points(field) * one.fraction, 0);
  const remarks = found.flatMap(([field, one]) =>
    one.remarks.map(({ on, right, text }) => remark(on ? `${field.id}/${on}` : field.id, right, text)),
  );
  return {
    ...scored(weight ? earned / weight : 0, null, remarks),
    parts: Object.fromEntries(found.map(([field, one]) => [field.id, { fraction: one.fraction, reason: one.reason }])),
    provisions: [...new Set(found.flatMap(([, one]) => one.provisions))],
    sources: [...new Set(found.flatMap(([, one]) => one.sources))],
  };
}

function own(table, name) {
  return has(table, name) ? table[name] : null;
}

function scoreCode(question, key, answer) {
  if (!isObject(answer)) return scored(0, "malformed");
  if (Object.keys(answer).some((name) => !has(key.correct, name))) return scored(0, "unknown");
  const parts = {};
  let slips = [];
  for (const { id, kind } of question.values) {
    const given = own(answer, id);
    if (given === null) parts[id] = { fraction: 0, reason: "missing" };
    else if (!isKind(kind, given)) parts[id] = { fraction: 0, reason: "malformed" };
    else {
      const how = { tolerance: key.tolerance ?? 0, relative: key.relative ?? false, rowOrder: key.row_order ?? false };
      const share = shareEqual(kind, given, key.correct[id], how);
      parts[id] = { fraction: share, reason: null };
      for (const slip of share < 1 ? (key.mistakes ?? []) : []) {
        const slipHow = { tolerance: slip.tolerance ?? 0, relative: false, rowOrder: false };
        if (slip.value_id === id && shareEqual(kind, given, slip.value, slipHow) === 1) slips.push(remark(id, false, slip.feedback));
      }
    }
  }
  const weight = (name) => key.weights?.[name] ?? 1;
  const names = question.values.map((value) => value.id);
  const total = names.reduce((sum, name) => sum + weight(name), 0);
  const share = names.reduce((sum, name) => sum + weight(name) * parts[name].fraction, 0) / total;
  const whole = names.every((name) => parts[name].fraction === 1);
  if (whole) slips = [remark("", true, key.feedback.right)];
  else if (!slips.length) slips = [remark("", false, key.feedback.wrong)];
  return { ...scored(whole ? 1 : share, null, slips), parts };
}
