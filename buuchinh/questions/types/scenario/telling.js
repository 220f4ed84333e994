// The text of a scenario around its open moment: the way so far, what followed from the last choice, the current situation.
import { fill, h, labelOf, rich, verdict } from "../../../learner/src/question/dom.js";
import { firstChoices } from "./score.js";

/** @import { ScenarioQuestion, Step, World } from "./score.js" */
/** @typedef {(node: string, choice: string) => boolean | null} Judge whether a choice was the best one; null where nobody says */

const AT = /^(\d{1,2}) giờ(?: (\d{2}))?(?![\p{L}\d])/u;
const SHORT = 40;
const SHORT_ON_RAIL = 34; // two lines of a place on the way

// Returns the time at which the text of a moment begins; "" if it names none.
/** @type {(text: string) => string} */
export function timeIn(text) {
  const match = AT.exec(text.trim());
  return match ? `${match[1]}:${match[2] ?? "00"}` : "";
}

// Shows the way: each moment once, in the order in which it was met, with the first choice made there.
/** @type {(question: ScenarioQuestion, steps: Step[], place: string, judge: Judge, words: Words) => HTMLElement[]} */
export function railOf(question, steps, place, judge, words) {
  const first = firstChoices(steps);
  const over = place in question.ends;
  const met = Object.keys(first);
  if (!over && !met.includes(place)) met.push(place);
  const stops = met.map((node, n) => {
    const choice = first[node];
    const best = choice ? judge(node, choice) : null;
    const here = node === place;
    const state = here ? "bc-here" : best === null ? "bc-met" : best ? "bc-done" : "bc-wrong"; // no verdict in a graded sheet
    const sign = best === null ? null : h("span", { class: "bc-rail-sign" }, h("span", { "aria-hidden": "true" }, best ? "✓ " : "✗ "), h("span", { class: "bc-unseen" }, `${best ? words.right : words.wrong}. `));
    const chosen = choice ? h("span", { class: "bc-rail-choice" }, sign, shortened(labelOf(question.nodes[node].choices, choice), SHORT_ON_RAIL)) : null;
    const label = timeIn(question.nodes[node].text) || fill(words.moment, { number: n + 1 });
    return h("li", { class: state, "aria-current": here ? "step" : null }, h("b", {}, label), chosen ?? (here ? h("span", { class: "bc-rail-choice" }, words.now) : null));
  });
  const last = over ? h("li", { class: "bc-here", "aria-current": "step" }, h("b", {}, words.story_end)) : h("li", { class: "bc-ahead", "aria-hidden": "true" }, h("b", {}, "…"));
  return [...stops, last];
}

// Shows one line on the last choice; the reasons unfold.
/** @type {(chosen: string, sentence: string | null, best: boolean | null, words: Words) => HTMLElement} */
export function thenOf(chosen, sentence, best, words) {
  if (sentence === null || best === null) return h("div", { class: "bc-then bc-told", tabindex: "-1" }, h("strong", {}, words.you_chose), " ", chosen);
  const [, line, more] = /^(?:Đúng(?: rồi)?[.:]\s+)?(.*?[.!?…])(?:\s+(.*))?$/su.exec(sentence.trim()) ?? [null, sentence, ""];
  return h(
    "div",
    { class: `bc-then bc-told ${best ? "bc-is-right" : "bc-is-wrong"}`, tabindex: "-1" },
    h("p", {}, verdict(best, words), " ", ...rich(line).flatMap((node) => [...node.childNodes])),
    more ? h("details", { class: "bc-more" }, h("summary", {}, words.then_why), ...rich(more)) : null,
  );
}

// Shows the situation, in words that are read aloud when they change; empty values are hidden.
/** @param {Words} words */
export function standing(words) {
  const chips = h("ul", { class: "bc-chips", "aria-live": "polite", "aria-label": words.stands });
  const element = h("aside", { class: "bc-world", hidden: true }, chips);
  /** @type {(world: World | null | undefined) => void} */
  function show(world) {
    element.hidden = !world;
    const facts = world ? [[words.stands_box, world.box], [words.stands_people, world.people], [words.stands_phone, world.phone]] : [];
    const lines = facts.map(([name, value]) => `${name}: ${value}`);
    if (lines.join() === [...chips.children].map((chip) => chip.textContent).join()) return;
    chips.replaceChildren(...lines.map((line) => h("li", {}, line)));
  }
  return { element, show };
}

// Shortens a text between two words: that of a moment for a link back to it, that of a choice on the way.
/** @type {(text: string, most?: number) => string} */
export function shortened(text, most = SHORT) {
  const plain = text.replace(/\s+/gu, " ").trim();
  return plain.length > most ? `${plain.slice(0, most - 2).replace(/[\s,.;:]+\S*$/u, "")}…` : plain;
}
