// The score of "scenario": the same as score.py beside this file.
import { isObject } from "../../../learner/src/question/compare.js";
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, has, remark, scored } from "../../../learner/src/question/scored.js";

/** @typedef {{ people: string, box: string, phone: string }} World how things stand, as a trainee may see it */
/** @typedef {{ text: string, choices: (Choice & { next: string })[], world?: World }} Moment */
/** @typedef {Question & { role: string, start: string, nodes: Named<Moment>, ends: Named<{ text: string, world?: World }> }} ScenarioQuestion */
/** @typedef {{ kind: string, back_to?: string | null, feedback: string }} Ending */
/** @typedef {Key & { correct: Named<Named<number>>, feedback: Named<Named<string>>, ends: Named<Ending>, provisions: string[], sources: string[] }} ScenarioKey */
/** @typedef {{ node: string, choice: string }} Step */

const MOST_STEPS = 200;

// Points are added from the start in a score and from the end for the best path: the last digit may differ.
const WHOLE = 1 - 1e-9;

// Returns the most points that a path can earn; each place is computed once.
/** @type {(question: ScenarioQuestion, key: ScenarioKey) => number} */
function bestPoints(question, key) {
  const known = new Map(Object.keys(question.ends).map((name) => [name, 0]));
  /** @type {(name: string) => number} */
  const bestFrom = (name) => {
    if (!known.has(name)) {
      const ways = question.nodes[name].choices.map((choice) => key.correct[name][choice.id] + bestFrom(choice.next));
      known.set(name, Math.max(...ways));
    }
    return /** @type {number} */ (known.get(name));
  };
  return bestFrom(question.start);
}

// Returns the place that a decision leads to; "" if there is no such decision.
/** @type {(question: ScenarioQuestion, step: Step) => string} */
export function nextOf(question, { node, choice }) {
  return question.nodes[node]?.choices?.find(({ id }) => id === choice)?.next ?? "";
}

// Returns the first choice at each node, the one that counts: going back shows what would have happened and changes no point.
/** @type {(answer: Step[]) => Named<string>} */
export function firstChoices(answer) {
  /** @type {Named<string>} */
  const first = {};
  for (const { node, choice } of answer) if (!has(first, node)) first[node] = choice;
  return first;
}

/** @type {(question: ScenarioQuestion, key: ScenarioKey, answer: unknown) => Score} */
function scoreScenario(question, key, answer) {
  if (!Array.isArray(answer) || answer.length > MOST_STEPS) return scored(0, "malformed");
  for (const step of answer) {
    if (!isObject(step) || typeof step.node !== "string" || typeof step.choice !== "string") return scored(0, "malformed");
    if (!has(key.correct, step.node) || !has(key.correct[step.node], step.choice)) return scored(0, "unknown");
  }
  const first = firstChoices(answer);
  /** @type {Remark[]} */
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
    place = nextOf(question, { node: place, choice: chosen });
  }
  const ending = has(key.ends, place) ? key.ends[place] : null;
  if (ending) remarks.push(remark(place, ending.kind === "safe", ending.feedback));
  const share = points / bestPoints(question, key);
  return scored(share > WHOLE ? 1 : share, ending ? null : "unfinished", remarks);
}

registerScorer("scenario", byKey(scoreScenario));
