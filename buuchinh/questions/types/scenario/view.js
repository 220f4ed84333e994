// A decision graph, one moment at a time; what was decided stays readable above.
import { button, fill, h, labelOf, newId, rich, verdict } from "../../../learner/src/question/dom.js";
import { basisOf } from "../../../learner/src/question/feedback.js";
import { registerView } from "../../../learner/src/question/registry.js";
import { keyOn } from "../../../learner/src/question/scored.js";
import { firstChoices, nextOf } from "./score.js";

/** @import { ScenarioKey, ScenarioQuestion, Step } from "./score.js" */

/** @type {(question: ScenarioQuestion, tools: Tools) => View} */
export function viewScenario(question, { words, citations, changed, mode, on, ticked }) {
  const key = /** @type {ScenarioKey | null} */ (mode === "practice" ? keyOn(question, question.as_of ?? on) : null);
  const story = h("div", { class: "bc-story" });
  /** @type {Step[]} */
  let steps = [];
  /** @type {string | null} */
  let current = null;
  /** @type {HTMLElement | null} */
  let hint = null; // of the moment that is open
  /** @type {Element | null} */
  let pointedAt = null;

  /** @type {(node: string, choice: string) => void} */
  function decide(node, choice) {
    if (!choice) return;
    steps.push({ node, choice });
    ticked.keep(null);
    changed();
    draw("forward");
  }

  /** @type {(moved?: string) => void} */
  function draw(moved) {
    const pieces = [];
    let place = question.start;
    for (const step of steps) {
      // Going back leaves a gap between one step's end and the next one's node: the gap is a new attempt.
      if (step.node !== place) pieces.push(h("p", { class: "bc-hint" }, words.went_back));
      pieces.push(pastMoment(step));
      place = nextOf(question, step);
    }
    if (current) place = current;
    const now = question.ends[place] ? ending(place) : moment(place);
    story.replaceChildren(...pieces, now);
    // What was said to the last choice comes first, then the next moment.
    const told = moved === "forward" ? pieces[pieces.length - 1]?.querySelector(".bc-told") : null;
    if (moved) /** @type {HTMLElement} */ (told ?? now.querySelector("[tabindex='-1']")).focus();
  }

  /** @type {(node: string, choice: string) => boolean} */
  function isBest(node, choice) {
    const offered = key?.correct[node];
    return offered !== undefined && offered[choice] === Math.max(...Object.values(offered));
  }

  /** @type {(step: Step) => HTMLElement} */
  function pastMoment({ node, choice }) {
    const feedback = key?.feedback[node][choice];
    const best = isBest(node, choice);
    const told = feedback ? h("div", { tabindex: "-1", class: `bc-told ${best ? "bc-is-right" : "bc-is-wrong"}` }, verdict(best, words), ...rich(feedback)) : null;
    const chosen = h("p", { class: "bc-chosen" }, h("strong", {}, words.you_chose), " ", labelOf(question.nodes[node].choices, choice));
    return h("div", { class: "bc-moment bc-past" }, ...rich(question.nodes[node].text), chosen, told);
  }

  /** @type {(name: string) => HTMLElement} */
  function moment(name) {
    const group = newId("choice");
    const asked = question.nodes[name];
    const left = ticked.left(); // ticked before the page was left, and not decided
    const inputs = asked.choices.map(({ id }) =>
      h("input", { type: "radio", name: group, value: id, checked: left?.node === name && left.choice === id, onchange: () => ticked.keep({ node: name, choice: id }) }));
    const rows = asked.choices.map((choice, n) =>
      h("label", { class: "bc-option" }, inputs[n], h("span", { class: "bc-option-text" }, choice.text)),
    );
    const ask = h("p", { class: "bc-hint", role: "status" });
    hint = ask;
    const go = () => {
      const chosen = inputs.find((input) => input.checked);
      if (!chosen) {
        ask.textContent = words.choose_first;
        return;
      }
      current = null;
      decide(name, chosen.value);
    };
    return h(
      "fieldset",
      { class: "bc-moment bc-field" },
      h("legend", { tabindex: "-1" }, ...rich(asked.text)),
      h("div", { class: "bc-options" }, ...rows),
      button(words.decide, go),
      ask,
    );
  }

  /** @type {(name: string) => HTMLElement} */
  function ending(name) {
    const meaning = key?.ends[name];
    const good = meaning?.kind === "safe";
    const said = meaning
      ? h("div", { class: `bc-told ${good ? "bc-is-right" : "bc-is-wrong"}` }, h("strong", { class: "bc-par" }, good ? "✓ " : "✗ ", words.end[meaning.kind]), ...rich(meaning.feedback))
      : h("p", { class: "bc-hint" }, words.story_over);
    const again = good && steps.some(({ node, choice }) => !isBest(node, choice)) ? h("p", { class: "bc-hint" }, words.look_again) : null;
    const buttons = [];
    const back = meaning?.back_to;
    if (back) {
      const where = shortened(question.nodes[back].text);
      buttons.push(button(fill(words.back_to, { place: where }), () => returnTo(back)));
    }
    if (key) buttons.push(button(words.from_start, restart, "bc-button bc-quiet"));
    const text = h("div", { tabindex: "-1", class: "bc-end-text" }, ...rich(question.ends[name].text));
    const basis = key ? basisOf(key, words, citations) : [];
    return h("div", { class: "bc-moment bc-end" }, text, said, again, ...basis, h("div", { class: "bc-actions" }, ...buttons));
  }

  /** @type {(node: string) => void} */
  function returnTo(node) {
    current = node;
    draw("back");
  }

  function restart() {
    steps = [];
    current = null;
    draw("back");
  }

  draw();
  return {
    body: [
      h("p", { class: "bc-hint" }, fill(words.role, { role: question.role }), mode === "exam" ? ` ${words.first_counts}` : null),
      story,
    ],
    // A way that is ticked is no decision, and nobody decides for a person: it is pointed at.
    hold() {
      const found = story.querySelector("input:checked");
      if (!found || found === pointedAt) return false;
      pointedAt = found;
      if (hint) hint.textContent = fill(words.not_decided, { button: words.decide });
      return true;
    },
    read: () => steps.map((step) => ({ ...step })),
    /** @param {Step[] | null} answer */
    show(answer) {
      const walkable = Array.isArray(answer) && answer.every(({ node, choice }) => question.nodes[node]?.choices.some((one) => one.id === choice));
      steps = walkable ? answer.map(({ node, choice }) => ({ node, choice })) : [];
      if (mode === "exam") {
        const first = firstChoices(steps);
        steps = steps.filter((step, n) => first[step.node] === step.choice && steps.findIndex((one) => one.node === step.node) === n);
      }
      current = null;
      draw();
    },
    mark() {},
  };
}

/** @type {(text: string) => string} */
function shortened(text) {
  const plain = text.replace(/\s+/gu, " ").trim();
  return plain.length > 60 ? `${plain.slice(0, 58).replace(/[\s,.;:]+\S*$/u, "")}…` : plain;
}

// The steps taken lead to no end yet.
/** @type {(question: ScenarioQuestion, answer: unknown) => boolean} */
function leftOpenScenario(question, answer) {
  /** @type {(Step | null)[]} */
  const steps = Array.isArray(answer) ? answer : [];
  return !steps.some((step) => step && nextOf(question, step) in question.ends);
}

registerView("scenario", viewScenario, { checked: false, leftOpen: leftOpenScenario });
