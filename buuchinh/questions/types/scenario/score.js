// The score of "scenario": the same as score.py beside this file.
import { isObject } from "../../browser/comparing.js";
import { registerScorer } from "../../browser/registry.js";
import { byKey, has, remark, scored } from "../../browser/scored.js";

const MOST_STEPS = 200;

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

registerScorer("scenario", byKey(scoreScenario));
