// A decision graph, one moment at a time: the way so far, what followed, the current situation, and the ways on.
import { choosing } from "../../../learner/src/question/choice_view.js";
import { button, fill, h, labelOf, rich, verdict } from "../../../learner/src/question/dom.js";
import { basisOf } from "../../../learner/src/question/feedback.js";
import { registerView } from "../../../learner/src/question/registry.js";
import { keyOn } from "../../../learner/src/question/scored.js";
import { firstChoices, nextOf } from "./score.js";
import { railOf, shortened, standing, thenOf, timeIn } from "./telling.js";

/** @import { ScenarioKey, ScenarioQuestion, Step } from "./score.js" */

const MOMENT = 600; // milliseconds: a double click on "Quyết định" is one

/** @type {(question: ScenarioQuestion, tools: Tools) => View} */
function viewScenario(question, { words, citations, changed, restate, mode, on, ticked }) {
  const key = /** @type {ScenarioKey | null} */ (mode === "practice" ? keyOn(question, question.as_of ?? on) : null);
  const rail = h("ol", { class: "bc-rail", "aria-label": words.story });
  const now = h("div", { class: "bc-now" });
  const world = standing(words);
  const past = h("div", { class: "bc-past" });
  const before = h("details", { class: "bc-before" }, h("summary", {}, words.read_again), past);
  const story = h("div", { class: "bc-story" }, rail, h("div", { class: "bc-scene" }, now, world.element), before);
  /** @type {Step[]} */
  let steps = [];
  /** @type {string | null} */
  let returned = null; // the moment one went back to
  /** @type {{ choice: () => string, hint: HTMLElement } | null} */
  let open = null; // the moment to be decided
  let drawn = 0;
  /** @type {string | null} */
  let pointedAt = null;

  /** @type {() => string} */
  const here = () => returned ?? (steps.length ? nextOf(question, steps[steps.length - 1]) : question.start);

  /** @type {(node: string, choice: string) => boolean | null} */
  function isBest(node, choice) {
    const offered = key?.correct[node];
    return offered ? offered[choice] === Math.max(...Object.values(offered)) : null;
  }

  /** @type {(title: string | null | undefined) => boolean} */
  function roleIn(title) {
    return Boolean(title?.toLowerCase().startsWith(`${question.role.toLowerCase()}:`));
  }

  function decide() {
    const choice = open?.choice();
    if (!open) return;
    if (!choice) {
      if (Date.now() - drawn > MOMENT) open.hint.textContent = words.choose_first;
      return;
    }
    steps.push({ node: here(), choice });
    returned = null;
    ticked.keep(null);
    draw("forward");
    changed();
  }

  /** @type {(moved?: "forward" | "back") => void} */
  function draw(moved) {
    const place = here();
    const last = returned ? undefined : steps[steps.length - 1];
    const then = last ? thenOf(labelOf(question.nodes[last.node].choices, last.choice), key?.feedback[last.node][last.choice] ?? null, isBest(last.node, last.choice), words) : null;
    const end = question.ends[place];
    drawn = Date.now();
    open = null;
    rail.replaceChildren(...railOf(question, steps, place, isBest, words));
    const screen = end ? ending(place) : moment(place);
    now.replaceChildren(...[then, screen].filter((element) => element !== null));
    world.show((end ?? question.nodes[place]).world);
    past.replaceChildren(...onChange());
    before.hidden = !steps.length;
    if (!moved) return;
    story.closest(".bc-question")?.querySelector(".bc-act")?.scrollIntoView({ block: "nearest" }); // no bar over the button
    // The remark on the last choice comes first, then the next moment: both are brought to the top, with the choices in sight.
    const first = /** @type {HTMLElement} */ ((moved === "forward" && then) || screen.querySelector("[tabindex='-1']"));
    first.focus({ preventScroll: true });
    story.scrollIntoView({ block: "start" });
    first.scrollIntoView({ block: "nearest" }); // where the window is low
  }

  // Shows the past moments. Going back leaves a gap between one step's end and the next one's moment: the gap is a new attempt.
  /** @type {() => HTMLElement[]} */
  function onChange() {
    let place = question.start;
    return steps.flatMap((step) => {
      const gap = step.node === place ? [] : [h("p", { class: "bc-hint" }, words.went_back)];
      place = nextOf(question, step);
      return [...gap, pastMoment(step)];
    });
  }

  /** @type {(step: Step) => HTMLElement} */
  function pastMoment({ node, choice }) {
    const best = isBest(node, choice);
    const feedback = key && best !== null ? h("div", { class: `bc-told ${best ? "bc-is-right" : "bc-is-wrong"}` }, verdict(best, words), ...rich(key.feedback[node][choice])) : null;
    const chosen = h("p", { class: "bc-chosen" }, h("strong", {}, words.you_chose), " ", labelOf(question.nodes[node].choices, choice));
    return h("div", { class: "bc-moment" }, ...rich(question.nodes[node].text), chosen, feedback);
  }

  /** @type {(name: string) => HTMLElement} */
  function moment(name) {
    const node = question.nodes[name];
    const list = choosing({ id: name, type: "single", stem: node.text, options: node.choices }, "radio", words, () => {
      ticked.keep({ node: name, choice: /** @type {string} */ (list.read()) });
      hint.textContent = "";
    });
    const left = ticked.left(); // ticked before the page was left, and not decided
    if (left?.node === name) list.show(left.choice);
    const hint = h("p", { class: "bc-hint", role: "status" });
    open = { choice: () => /** @type {string} */ (list.read() ?? ""), hint };
    return h("fieldset", { class: "bc-moment bc-field" }, h("legend", { tabindex: "-1" }, ...rich(node.text)), ...list.body.filter((element) => element !== null), hint);
  }

  /** @type {(name: string) => HTMLElement} */
  function ending(name) {
    const meaning = key?.ends[name];
    const isSafe = meaning?.kind === "safe";
    const flawed = isSafe && steps.some(({ node, choice }) => !isBest(node, choice));
    const tone = isSafe && !flawed ? "bc-is-right" : meaning?.kind === "danger" ? "bc-is-danger" : "bc-is-wrong";
    const back = meaning?.back_to ? h("p", { class: "bc-chosen" }, fill(words.back_please, { label: backLabel(meaning.back_to) })) : null;
    const sentence = meaning
      ? h("div", { class: `bc-told ${tone}` }, h("strong", { class: "bc-par" }, isSafe ? "✓ " : "✗ ", words.end[flawed ? "safe_at_last" : meaning.kind]), ...rich(meaning.feedback), back)
      : h("p", { class: "bc-hint" }, words.story_over);
    const again = flawed ? h("p", { class: "bc-hint" }, words.look_again) : null;
    const text = h("div", { tabindex: "-1", class: "bc-end-text" }, ...rich(question.ends[name].text));
    const basis = key ? basisOf(key, words, citations) : [];
    return h("div", { class: "bc-moment bc-end" }, text, sentence, again, ...basis, key ? button(words.from_start, restart, "bc-button bc-quiet") : null);
  }

  /** @type {() => string | null} */
  const wayBack = () => key?.ends[here()]?.back_to ?? null;

  /** @type {(node: string) => string} */
  function backLabel(node) {
    const { text } = question.nodes[node];
    const time = timeIn(text);
    return time ? fill(words.back_at, { time }) : fill(words.back_to, { place: shortened(text) });
  }

  /** @type {(node: string | null) => void} */
  function goBack(node) {
    returned = node;
    draw("back");
    restate();
  }

  function restart() {
    steps = [];
    goBack(null);
  }

  draw();
  return {
    body: [
      roleIn(question.title) && mode !== "exam" ? null : h("p", { class: "bc-hint" }, fill(words.role, { role: question.role }), mode === "exam" ? ` ${words.first_counts}` : null),
      story,
    ],
    // The question's own button decides, and leads back from a bad end.
    step: {
      label() {
        const back = wayBack();
        return open ? words.decide : back && backLabel(back);
      },
      act() {
        const back = wayBack();
        if (open) decide();
        else if (back) goBack(back);
      },
      state() {
        if (open) return steps.length ? "chosen" : "empty";
        if (!key) return "kept";
        return key.ends[here()]?.kind === "safe" ? "right" : "wrong";
      },
    },
    // Points at a way that is ticked but not decided: nobody decides for a person.
    hold() {
      const choice = open?.choice();
      const place = choice && `${here()}/${choice}`;
      if (!open || !place || place === pointedAt) return false;
      pointedAt = place;
      open.hint.textContent = fill(words.not_decided, { button: words.decide });
      return true;
    },
    read: () => steps.map((step) => ({ ...step })),
    /** @param {Step[] | null} answer */
    show(answer) {
      const walkable = Array.isArray(answer) && answer.every(({ node, choice }) => question.nodes[node]?.choices.some((item) => item.id === choice));
      steps = walkable ? answer.map(({ node, choice }) => ({ node, choice })) : [];
      if (mode === "exam") {
        const first = firstChoices(steps);
        steps = steps.filter((step, n) => first[step.node] === step.choice && steps.findIndex((other) => other.node === step.node) === n);
      }
      returned = null;
      draw();
    },
    mark() {},
  };
}

// Tells whether the steps taken lead to no end yet.
/** @type {(question: ScenarioQuestion, answer: unknown) => boolean} */
function leftOpenScenario(question, answer) {
  /** @type {(Step | null)[]} */
  const steps = Array.isArray(answer) ? answer : [];
  return !steps.some((step) => step && nextOf(question, step) in question.ends);
}

registerView("scenario", viewScenario, { checked: false, leftOpen: leftOpenScenario });
