// The opening of a lesson: the first moment of one's role's case, as a guess that nobody scores. The whole case comes at the
// end.
import { h, newId, rich } from "../question/dom.js";
import { recall, remember } from "../question/autosave.js";
import { optionRow } from "../question/choice_view.js";
import { openedCase } from "../work/seen.js";

// Returns the place of the guess: that of a choice ticked and not decided in the case itself, so that it is ticked again in the
// case.
function placeOf({ work, questions, step }) {
  const { draft, store } = work.unsent(questions[step.ask].id);
  const place = draft ?? (store ? `buuchinh:${store}:${questions[step.ask].id}` : null);
  return place && `${place}~`;
}

function guessOf(view) {
  const { work, questions, step } = view;
  const question = questions[step.ask];
  const decided = work.entries()[question.id]?.first;
  if (Array.isArray(decided) && decided[0]?.choice) return { choice: decided[0].choice, said: true };
  const guess = recall(placeOf(view));
  return guess?.node === question.start ? { choice: guess.choice, said: guess.said === true } : { choice: null, said: false };
}

export function openingCase(view) {
  const { host, page, questions, step, seen } = view;
  const { start, nodes } = questions[step.ask];
  const guess = guessOf(view);
  const group = newId("guess");
  const feedback = h("div", { class: "bc-feedback", role: "status" });
  const rows = nodes[start].choices.map((choice, n) => optionRow(choice, n, { type: "radio", name: group, checked: choice.id === guess.choice, onchange: () => keep({ choice: choice.id, said: false }) }));
  const root = h("div", { class: "bc-root bc-question bc-practice bc-barred hoc-opening", lang: "vi" },
    h("fieldset", { class: "bc-sheet" }, h("legend", { class: "bc-stem" }, ...rich(nodes[start].text)), h("div", { class: "bc-options" }, ...rows.map(({ row }) => row))),
    feedback);

  function keep(changed) {
    Object.assign(guess, changed);
    remember(placeOf(view), { node: start, ...guess });
    tell();
  }

  function act() {
    if (guess.choice) keep({ said: true });
    else feedback.replaceChildren(h("p", { class: "bc-hint" }, host.words.choose_first));
  }

  function tell() {
    if (guess.said && !seen.opened) {
      seen.opened = true;
      openedCase(host, page).catch(() => {}); // it counts as the first step of the lesson
    }
    feedback.replaceChildren(...(guess.said ? [h("div", { class: "hoc-card-plain" }, h("p", {}, h("strong", {}, host.say("opening_kept")), " ", host.say("opening_then")))] : []));
    const state = guess.said ? "kept" : guess.choice ? "chosen" : "empty";
    root.dispatchEvent(new CustomEvent("buuchinh:state", { bubbles: true, detail: { state, act, label: guess.said ? null : host.words.check, later: false } }));
  }

  queueMicrotask(tell);
  const drawn = page.openings?.[step.ask]; // a drawing of the things present at that moment
  const summary = h("div", { class: "hoc-opening-seen" },
    drawn ? h("img", { src: `data:image/svg+xml,${encodeURIComponent(drawn.svg)}`, alt: drawn.alt }) : null,
    h("div", { class: "hoc-card-plain" }, h("p", {}, h("strong", {}, host.say("opening_free")), " ", host.say("opening_why"))));

  // Chooses by digit and moves the focus, so that Enter presses the blue button.
  function choose(place) {
    rows[place]?.input.focus();
    rows[place]?.input.click();
  }

  return { root, told: summary, choose };
}
