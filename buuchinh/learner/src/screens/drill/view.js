// Pictures of parcels one after the other in a frame that stays: the picture, beside it the clock and two answers, then in the
// same place the feedback on it; the count at the end.
import { fill, h, newId } from "../../question/dom.js";
import { clockOf } from "./clock.js";

const MOMENT = 600; // milliseconds in which "Hình tiếp" ignores presses: one meant for the answer must not skip the verdict
const KEYS = { 1: "sign", 2: "nothing" };

// Draws the model {words, seconds, state(), act(content)} of model.js. Returns a function that stops the clock.
export function render({ model, el }) {
  const { words, seconds } = model;
  const status = h("p", { class: "bc-bad", role: "status" });
  const place = h("div", { class: "bc-drill-place" });
  let answer = null; // answers the picture that is shown, null if there is none to answer
  let waiting = false;
  let clock = null;
  let guard = 0;

  function send(content) {
    model.act(content).then(onReply, () => onReply({ did: "refuse", message: words.not_saved }));
  }

  function ask(content) {
    if (waiting) return;
    waiting = true;
    status.textContent = "";
    send(content);
  }

  function onReply(message) {
    waiting = false;
    if (message.did === "refuse") status.textContent = message.message;
    else if (message.did !== "clock") draw(true);
  }

  function draw(moved = false) {
    clock?.stop();
    clearTimeout(guard);
    const state = model.state();
    answer = null;
    const pages = { start: startPage, picture: picturePage, told: feedbackPage, end: endPage };
    place.replaceChildren(...pages[state.page](state).filter(Boolean));
    if (!moved) return;
    place.querySelector("[data-first]")?.focus({ preventScroll: true });
    if (state.page !== "told") place.scrollIntoView({ block: state.page === "picture" ? "start" : "nearest" }); // the frame stays under the verdict
  }

  function press(label, content, more = {}) {
    return h("button", { type: "button", onclick: () => ask(content()), ...more }, ...[label].flat());
  }

  function begin(label, kind, timed, quiet = false) {
    return press(label, () => ({ do: "begin", kind, clock: timed }), { class: quiet ? "bc-quiet" : null });
  }

  // Shows the start; those who turned the clock off begin without it.
  function startPage(state) {
    const intro = fill(state.kind === "do" ? words.intro_row : words.intro, { pictures: state.total });
    const [own, other] = state.clock ? [words.start, words.start_free] : [words.start_free, words.start];
    return [
      h("p", {}, intro),
      h("div", { class: "bc-drill-actions" },
        begin(state.left ? fill(words.go_on, state) : own, state.kind, state.clock),
        begin(other, state.kind, !state.clock, true)),
    ];
  }

  function frame(state, turn, picture, ...panel) {
    return [
      h("div", { class: "bc-drill-head" }, h("strong", {}, fill(words.number, state)), trailOf(state), turn),
      h("div", { class: "bc-drill-frame" }, picture, h("div", { class: "bc-drill-panel" }, ...panel)),
    ];
  }

  function trailOf({ trail, total, number, page }) {
    if (!trail) return null;
    const steps = Array.from({ length: total }, (_, n) => {
      const here = page === "picture" && n === number - 1;
      return h("i", { class: here ? "bc-here" : n >= trail.length ? null : trail[n] ? "bc-seen" : "bc-slipped" });
    });
    return h("div", { class: "bc-drill-trail", "aria-hidden": "true" }, ...steps);
  }

  // Returns the two answers; after the verdict both stay in place, with the pressed one marked.
  function answers(state, choice = null) {
    const answerButton = (key, label) => {
      const isPressed = choice === KEYS[key];
      const mark = isPressed ? (state.told.right ? " ✓" : " ✗") : null;
      return press([h("kbd", { "aria-hidden": "true" }, key), ` ${label}`, mark], () => ({ do: "answer", number: state.number, said: KEYS[key] }), {
        class: isPressed ? (state.told.right ? "bc-is-right" : "bc-is-wrong") : null,
        "aria-keyshortcuts": key,
        disabled: choice !== null,
      });
    };
    return h("div", { class: "bc-drill-actions bc-two" }, answerButton("1", words.said_sign), answerButton("2", words.said_nothing));
  }

  function picturePage(state) {
    answer = (choice) => ask({ do: "answer", number: state.number, said: choice });
    clock = clockOf({
      words,
      seconds,
      on: state.clock,
      hold: () => waiting || !place.isConnected || place.querySelector("details[open]") !== null,
      over: () => answer?.("late"),
      turned: (on) => send({ do: "clock", on }),
    });
    return frame(state, clock.turn,
      figure(state, `${fill(words.number, state)}. ${state.alt}`, true),
      h("div", { class: "bc-drill-told" }, clock.dial, clock.text, described(state)),
      answers(state),
      h("p", { class: "bc-soft bc-drill-keys" }, words.keys));
  }

  function feedbackPage(state) {
    const about = newId("told");
    const [verdict, ...why] = feedbackLines(state.told);
    verdict.id = newId("verdict");
    const tone = state.told.right ? "bc-is-right" : "bc-is-wrong";
    const label = state.last ? words.result : words.next;
    const next = h("button", { type: "button", "data-first": true, "aria-disabled": "true", "aria-describedby": `${verdict.id} ${about}`, onclick: () => ready && ask({ do: "next" }) }, label, h("kbd", { "aria-hidden": "true" }, "Enter"));
    let ready = false;
    guard = setTimeout(() => {
      ready = true;
      next.removeAttribute("aria-disabled");
    }, MOMENT);
    return frame(state, turnOf(state),
      figure(state.told, state.told.alt),
      h("div", { class: "bc-drill-told" }, h("div", { class: `bc-drill-card ${tone}` }, verdict, h("div", { id: about }, ...why))),
      answers(state, state.said),
      h("div", { class: "bc-drill-actions bc-drill-next" }, next),
      countOf(state));
  }

  // Returns the switch for the clock of the next picture.
  function turnOf({ clock: on }) {
    const turn = h("button", { type: "button", class: "bc-quiet bc-drill-clock", onclick: () => show(!on) });
    const label = () => (on ? words.clock_off : words.clock_on);
    function show(now) {
      on = now;
      send({ do: "clock", on });
      turn.textContent = label();
    }
    turn.textContent = label();
    return turn;
  }

  function countOf({ trail }) {
    const right = trail.filter(Boolean).length;
    return h("p", { class: "bc-soft bc-drill-so-far" }, fill(words.so_far, { right, wrong: trail.length - right }));
  }

  function feedbackLines(feedback) {
    return [
      h("p", { class: `bc-drill-verdict bc-${feedback.right ? "right" : "wrong"}` }, h("span", { "aria-hidden": "true" }, feedback.right ? "✓ " : "✗ "), feedback.verdict),
      h("p", {}, feedback.place ? h("strong", {}, `${feedback.place}: `) : null, feedback.what),
      feedback.do ? h("p", {}, h("strong", {}, `${words.do}: `), feedback.do) : null,
    ].filter(Boolean);
  }

  function endPage(state) {
    const row = state.kind === "do";
    return [
      h("h3", { tabindex: "-1", "data-first": true }, fill(row ? words.ends_row : words.ends_burst, state)),
      state.again && state.overlooked ? h("p", {}, fill(words.tomorrow, state)) : null,
      ...state.lines.map((line) => h("p", { class: "bc-drill-count" }, line)),
      ...list(words.missed_list, state.missed),
      ...list(words.alarm_list, state.alarms),
      state.missed.length ? h("p", { class: "bc-soft" }, words.after) : null,
      h("div", { class: "bc-drill-actions" },
        begin(fill(words.row, { pictures: state.row }), "do", state.clock, row),
        begin(fill(words.again, { pictures: state.burst }), "loat", state.clock, !row)),
    ];
  }

  function list(title, pictures) {
    if (!pictures.length) return [];
    const item = (feedback) => h("li", {}, figure(feedback, feedback.alt), h("div", {}, ...feedbackLines(feedback).slice(1)));
    return [h("details", { open: title === words.missed_list }, h("summary", {}, `${title} (${pictures.length})`),
      h("ul", { class: "bc-drill-list" }, ...pictures.map(item)))];
  }

  // Draws the picture in a shadow tree of its own, like pictures of questions.
  function figure(picture, label, first = false) {
    const element = h("div", { class: "bc-drill-picture", role: "img", "aria-label": label, tabindex: first ? "-1" : null, "data-first": first });
    const svg = document.importNode(new DOMParser().parseFromString(picture.svg, "image/svg+xml").documentElement, true);
    svg.setAttribute("width", "100%");
    svg.setAttribute("aria-hidden", "true");
    svg.style.display = "block";
    element.attachShadow({ mode: "open" }).append(svg);
    return element;
  }

  function described(state) {
    return h("details", { class: "bc-drill-words" }, h("summary", {}, words.words), h("p", {}, state.alt));
  }

  // Handles keys; a key that is held answers nothing more, and neither does the second press of a double click.
  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const choice = KEYS[event.key];
    if (event.repeat && (choice || event.key === "Enter" || event.key === " ")) return event.preventDefault();
    if (!answer || !choice) return;
    event.preventDefault();
    answer(choice);
  }

  el.addEventListener("keydown", onKey);
  el.addEventListener("click", (event) => event.detail > 1 && event.stopPropagation(), true);
  el.append(h("div", { class: "bc-part bc-drill", lang: "vi" }, h("h2", {}, words.title), place, status));
  draw();
  return () => clock?.stop();
}
