// The score of "scenario": the same as score.py beside this file.
import { isObject } from "../../../learner/src/question/compare.js";
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, has, remark, scored } from "../../../learner/src/question/scored.js";

const MOST_STEPS = 200;

// Points are added from the start in a score and from the end for the best path: the last digit may differ.
const WHOLE = 1 - 1e-9;

// The most points that a path can earn; each place is reckoned once.
function bestPoints(question, key) {
  const known = new Map(Object.keys(question.ends).map((name) => [name, 0]));
  const bestFrom = (name) => {
    if (!known.has(name)) {
      const ways = question.nodes[name].choices.map((choice) => key.correct[name][choice.id] + bestFrom(choice.next));
      known.set(name, Math.max(...ways));
    }
    return known.get(name);
  };
  return bestFrom(question.start);
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
  const share = points / bestPoints(question, key);
  return scored(share > WHOLE ? 1 : share, ending ? null : "unfinished", remarks);
}

registerScorer("scenario", byKey(scoreScenario));
