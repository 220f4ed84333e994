// mount(element, options): one question, displayed, answered and saved; used by both hosts.
import { answerButton } from "./answer_button.js";
import { button, fill, h, rich } from "./dom.js";
import { tell, verdictOf } from "./feedback.js";
import { takeAlong } from "./any_version.js";
import { keeper, recall, remember } from "./autosave.js";
import { listening } from "./keys.js";
import { headOf } from "./question_head.js";
import { isKnown, typeOf } from "./registry.js";
import { remarking } from "./remark.js";
import { rowsToAsk } from "./rows_asked.js";
import { score } from "./scoring.js";
import { empty, keyOn } from "./scored.js";
import { unknownQuestion } from "./unknown_question.js";

const UNJUDGED = new Set(["no_key", "manual", "unscored"]);

// Mounts a question. Unsaved answers are in localStorage under `store` (may move to another port) or, on pages, under `draft`.
/**
 * @param {HTMLElement} element
 * @param {MountOptions} options
 * @returns {Mounted}
 */
export function mount(element, options) {
  const { question, mode, words, answer = null, answeredAt = null, citations = {}, store = null, headingLevel = 0 } = options;
  if (!isKnown(question)) return unknownQuestion(element, question, words);
  const type = typeOf(question);
  const on = options.on ?? new Date().toLocaleDateString("sv-SE");
  const feedback = h("div", { class: "bc-feedback", role: "status", tabindex: "-1" });
  const remark = options.onRemark ? remarking(words, options.remark ?? "", options.onRemark) : null;
  const reminder = h("p", { class: "bc-alarm", role: "status", hidden: true });
  const place = store ? `buuchinh:${store}:${question.id}` : (options.draft ?? null);
  const chosen = place && `${place}~`; // the choice not checked yet: no answer, but restored when the page is reopened
  if (mode === "practice") [place, chosen].forEach(takeAlong);
  const earlier = mode === "practice" ? words.answered_earlier : words.saved;
  let unchecked = false;
  let lastReported = "";
  /** @type {unknown} */
  let first = options.first ?? null; // the first answer
  /** @type {VerdictState | null} */
  let verdict = null; // the verdict shown on the current answer
  const keep = keeper({
    place,
    carries: Boolean(store),
    words,
    send: (current, number) => options.onAnswer?.(current, number),
  });
  const rowsFor = rowsToAsk(question, type, words);
  const checked = mode === "practice" && type.checked;
  const view = type.view(question, {
    words,
    citations,
    mode,
    on,
    changed,
    restate: () => tellState(),
    ticked: { keep: (value) => remember(chosen, value), left: () => recall(chosen) },
  });
  const later = button(words.later, putOff, "bc-button bc-quiet");
  const blue = answerButton(() => (view.step ? view.step.act() : verdict ? again() : check()));

  /** @type {(how?: { typing?: boolean }) => void} */
  function changed({ typing = false } = {}) {
    if (checked) {
      const at = new Date().toISOString();
      draft(at, remember(chosen, { answer: view.read(), at }));
    } else keep.keep(view.read(), typing);
    tellState();
  }

  // Stores a choice that is not answered yet.
  /** @type {(at: string, isStored: boolean) => void} */
  function draft(at, isStored) {
    forget();
    unchecked = true;
    keep.notYet(at, isStored ? words.draft_kept : words.draft_lost, labelNow() ?? "");
  }

  function settle() {
    unchecked = false;
    if (checked) remember(chosen, null);
  }

  function forget() {
    verdict = null;
    later.remove();
    feedback.replaceChildren();
    view.mark([], { right: false, first: null });
  }

  function check() {
    const current = view.read(true);
    if (empty(current)) return nothingChosen();
    const rows = rowsFor(current);
    if (!rows) return checkNow(current);
    feedback.replaceChildren(rows);
    [...root.querySelectorAll(".bc-options")].find((list) => !list.querySelector("input:checked"))?.scrollIntoView({ block: "center" });
  }

  /** @type {(current: unknown) => void} */
  function checkNow(current) {
    settle();
    first ??= current;
    judge(current);
    feedback.scrollIntoView({ block: "nearest" }); // a bar at the bottom may cover it
    keep.keep(current);
    tellState();
  }

  function nothingChosen() {
    const options = root.querySelector(".bc-options");
    feedback.replaceChildren(h("p", { class: "bc-nothing" }, options ? words.choose_first : words.reason.missing));
    /** @type {HTMLElement | null} */ (root.querySelector(".bc-sheet :is(input, select, textarea, button, [tabindex='0'])"))?.focus();
  }

  // Removes the verdict so that one may choose again or correct one's text; the saved answer stays where it is.
  function again() {
    forget();
    const place = view.again?.() ?? root.querySelector(".bc-options input");
    tellState();
    /** @type {HTMLElement | null} */ (place)?.focus();
  }

  /** @type {(current: unknown) => void} */
  function judge(current) {
    if (question.manual && !empty(current)) showModel();
    else showScore(current);
  }

  /** @type {(current: unknown, whole?: boolean) => void} */
  function showScore(current, whole = false) {
    const result = score(question, current, on);
    verdict = UNJUDGED.has(result.reason ?? "") ? "kept" : verdictOf(result);
    feedback.replaceChildren(...tell(question, result, { words, citations, whole }));
    view.mark(result.remarks, { right: verdict === "right", first });
    if (!whole && verdict !== "right" && result.remarks.some((item) => !item.right && item.told?.do)) blue.element.after(later);
    else later.remove();
  }

  // Puts the question off: nothing waits to be chosen again, so advice may be shown. True if there is advice to read first.
  function putOff() {
    if (!later.isConnected) return false;
    const had = later === document.activeElement;
    showScore(view.read(), true);
    if (had) feedback.focus();
    return true;
  }

  function showModel() {
    const key = keyOn(question, question.as_of ?? on);
    const parts = /** @type {[string, string][]} */ (
      [
        [words.rubric, key?.rubric],
        [words.model_answer, key?.model_answer],
      ].filter(([, text]) => text)
    );
    verdict = "kept";
    feedback.replaceChildren(...parts.map(([title, text]) => h("div", { class: "bc-told" }, h("strong", { class: "bc-par" }, title), ...rich(text))));
  }

  // Shows a saved answer. One in a shape that this type does not have (a damaged file) is shown as none, and stays saved.
  // In practice its verdict is shown too: a learner who comes back sees what was right, and why.
  /** @type {(saved: unknown) => void} */
  function receive(saved) {
    settle();
    try {
      view.show(saved);
      if (mode === "practice" && (type.checked || type.fromCode) && !empty(saved)) judge(saved);
    } catch {
      verdict = null;
      view.show(null);
    }
  }

  /** @type {(begun: Unsaved) => void} */
  function goOn({ answer: saved, at }) {
    try {
      view.show(saved);
    } catch {
      return;
    }
    draft(at, remember(chosen, { answer: saved, at })); // showing the saved answer has taken it away
  }

  /** @type {() => string | null} */
  function labelNow() {
    if (view.step) return view.step.label();
    if (!checked || verdict === "right" || verdict === "kept") return null;
    if (verdict) return view.typed ? words.correct_again : words.choose_again;
    return question.manual ? words.check_manual : words.check;
  }

  /** @type {() => AnswerState} */
  function stateNow() {
    const current = view.read();
    const plain = empty(current) ? "empty" : checked || type.leftOpen(question, current) ? "chosen" : "kept";
    const state = view.step?.state() ?? verdict ?? plain;
    return { state, act: blue.act, label: labelNow(), later: state === "wrong" || state === "partly" };
  }

  // Reports label and action to layouts with a bar of their own (class bc-barred).
  function tellState() {
    const detail = stateNow();
    const had = blue.element === document.activeElement;
    blue.say(detail.label);
    if (had && detail.label === null) feedback.focus(); // a button that disappears must not lose the keyboard focus
    const sign = `${detail.state} ${detail.label}`;
    if (sign === lastReported) return;
    lastReported = sign;
    root.dispatchEvent(new CustomEvent("buuchinh:state", { bubbles: true, detail }));
  }

  const root = h(
    "div",
    { class: `bc-root bc-question bc-${mode}`, lang: "vi", "data-question": question.id },
    ...headOf(question, mode, words, headingLevel, options.number ?? null),
    h("fieldset", { class: "bc-sheet" }, h("legend", { class: "bc-stem" }, ...rich(question.stem)), ...view.body.filter(Boolean)),
    checked || view.step ? h("div", { class: "bc-actions" }, blue.element) : null,
    feedback,
    reminder,
    keep.line,
    remark?.element,
  );
  const stop = listening(root, {
    act: blue.act,
    choose(offered, place) {
      if (verdict === "right") return;
      offered[place].focus();
      offered[place].click();
    },
  });
  const left = keep.left(answeredAt);
  const begun = checked ? recall(chosen) : null;
  receive(left ?? answer);
  element.replaceChildren(root); // complete from the start: a screen reader announces changes, not the initial content
  if (left !== null) keep.keep(left);
  else if (answeredAt && !empty(answer)) keep.tellEarlier(answeredAt, earlier);
  if (begun && !(Date.parse(begun.at) <= Date.parse(answeredAt ?? ""))) goOn(begun);
  blue.say(labelNow());
  queueMicrotask(tellState); // after the layout that made it has inserted it

  return {
    saved: keep.saved,
    sayAgain: keep.sayAgain,
    failed: keep.failed,
    remarked: (at) => remark?.kept(at),
    remarkFailed: (why) => remark?.failed(why),
    show(saved) {
      receive(saved);
      tellState();
    },
    state: stateNow,
    // Shows or hides a reminder that the code of this task ran and handed nothing in.
    /** @param {boolean} lacks */
    remind(lacks) {
      reminder.textContent = lacks ? fill(words.no_submit, { id: question.id }) : "";
      reminder.hidden = !lacks;
    },
    // Shows an answer given in another window, unless one from here is still being saved.
    elsewhere(received, at) {
      if (keep.busy()) return;
      forget();
      receive(received);
      if (at && !empty(received)) keep.tellEarlier(at, earlier);
      tellState();
    },
    flush: keep.flush,
    // Checks, and so saves, the choice before the page goes on; points once at what only a person can decide.
    // Returns true if there is something to see first.
    hold() {
      if (!unchecked || empty(view.read())) return view.hold?.() ?? false;
      checkNow(view.read(true));
      return true;
    },
    putOff,
    dispose(dropped = false) {
      if (dropped) remember(chosen, null);
      keep.dispose(dropped);
      stop();
      element.replaceChildren();
    },
  };
}
