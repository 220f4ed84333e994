// Pictures of parcels one after the other: the clock, two answers, what each picture was, and the count at the end.

import { fill, h, newId } from "../../question/dom.js";

const TICK = 200; // milliseconds

// model: {words, seconds, state(), act(content)} of model.js. Returns what stops the clock.
export function render({ model, el }) {
  const { words, seconds } = model;
  const status = h("p", { class: "bc-bad", role: "status" });
  const place = h("div", {});
  let answer = null; // says something of the picture that is shown, null where there is none to answer
  let waiting = false;
  let timer = 0;

  function send(content) {
    model.act(content).then(heard, () => heard({ did: "refuse", message: words.not_saved }));
  }

  function ask(content) {
    if (waiting) return;
    waiting = true;
    clearInterval(timer);
    status.textContent = "";
    send(content);
  }

  function heard(message) {
    waiting = false;
    if (message.did === "refuse") status.textContent = message.message;
    else if (message.did !== "clock") draw(true);
  }

  function draw(moved = false) {
    clearInterval(timer);
    const state = model.state();
    answer = null;
    const pages = { start: startPage, picture: picturePage, told: toldPage, end: endPage };
    place.replaceChildren(...pages[state.page](state).filter(Boolean));
    if (!moved) return;
    place.querySelector("[data-first]")?.focus({ preventScroll: true });
    const seen = state.page === "picture" || state.page === "told"; // the picture with its answers, or with its verdict
    place.scrollIntoView({ block: seen ? "start" : "nearest" });
  }

  function press(label, content, more = {}) {
    return h("button", { type: "button", onclick: () => ask(content()), ...more }, label);
  }

  function begin(label, kind, clock, quiet = false) {
    return press(label, () => ({ do: "begin", kind, clock }), { class: quiet ? "bc-quiet" : null });
  }

  function startPage(state) {
    const intro = fill(state.kind === "do" ? words.intro_row : words.intro, { pictures: state.total });
    const start = state.left ? fill(words.go_on, state) : words.start;
    return [
      h("p", {}, intro),
      h("div", { class: "bc-drill-actions" }, begin(start, state.kind, true), begin(words.start_free, state.kind, false, true)),
    ];
  }

  function picturePage(state) {
    const say = (said) => () => ({ do: "answer", number: state.number, said });
    answer = (said) => ask(say(said)());
    const clock = clockOf(state);
    return [
      h("div", { class: "bc-drill-head" }, h("strong", {}, fill(words.number, state)), clock.line),
      clock.bar,
      figure(state, `${fill(words.number, state)}. ${state.alt}`, true),
      h("div", { class: "bc-drill-actions bc-two" },
        press(words.said_sign, say("sign"), { "aria-keyshortcuts": "1", class: "bc-quiet" }),
        press(words.said_nothing, say("nothing"), { "aria-keyshortcuts": "2", class: "bc-quiet" })),
      h("p", { class: "bc-soft bc-drill-keys" }, words.keys),
      described(state),
    ];
  }

  // The clock stands still while the page is not seen, and in the words that tell the picture.
  function clockOf(state) {
    const bar = h("div", { class: "bc-drill-bar", "aria-hidden": "true" }, h("div", {}));
    const text = h("span", { "aria-hidden": "true" });
    const turn = h("button", { type: "button", class: "bc-quiet bc-drill-clock", onclick: () => flip() });
    const line = h("span", { class: "bc-drill-time" }, text, turn);
    let on = state.clock;
    let left = seconds * 1000;
    let last = performance.now();

    function show() {
      const whole = Math.ceil(left / 1000);
      text.textContent = on ? fill(words.left, { seconds: whole }) : words.free;
      turn.textContent = on ? words.clock_off : words.clock_on;
      bar.hidden = !on;
      bar.firstChild.style.width = `${(100 * whole) / seconds}%`;
    }

    function flip() {
      on = !on;
      send({ do: "clock", on });
      show();
    }

    clearInterval(timer);
    timer = setInterval(() => {
      const now = performance.now();
      const reading = place.querySelector("details[open]");
      if (on && !document.hidden && !reading && !waiting && place.isConnected) left -= now - last;
      last = now;
      show();
      if (left <= 0) answer("late");
    }, TICK);
    show();
    return { bar, line };
  }

  function toldPage(state) {
    const about = newId("told");
    const label = state.last ? words.result : words.next;
    const [verdict, ...why] = toldOf(state.told);
    verdict.id = newId("verdict");
    return [
      h("div", { class: "bc-drill-head" }, h("strong", {}, fill(words.number, state)), verdict),
      figure(state.told, state.told.alt),
      h("div", { id: about }, ...why),
      h("div", { class: "bc-drill-actions" }, press(label, () => ({ do: "next" }), { "data-first": true, "aria-describedby": `${verdict.id} ${about}` })),
    ];
  }

  function toldOf(told) {
    return [
      h("p", { class: `bc-drill-verdict bc-${told.right ? "right" : "wrong"}` }, h("span", { "aria-hidden": "true" }, told.right ? "✓ " : "✗ "), told.verdict),
      h("p", {}, told.place ? h("strong", {}, `${told.place}: `) : null, told.what),
      told.do ? h("p", {}, h("strong", {}, `${words.do}: `), told.do) : null,
    ].filter(Boolean);
  }

  function endPage(state) {
    const row = state.kind === "do";
    return [
      h("h3", { tabindex: "-1", "data-first": true }, fill(row ? words.ends_row : words.ends_burst, state)),
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
    const one = (told) => h("li", {}, figure(told, told.alt), h("div", {}, ...toldOf(told).slice(1)));
    return [h("details", { open: title === words.missed_list }, h("summary", {}, `${title} (${pictures.length})`),
      h("ul", { class: "bc-drill-list" }, ...pictures.map(one)))];
  }

  // In a tree of its own, as pictures of questions are.
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

  function onKey(event) {
    if (!answer || event.ctrlKey || event.metaKey || event.altKey) return;
    const said = { 1: "sign", 2: "nothing" }[event.key];
    if (!said) return;
    event.preventDefault();
    answer(said);
  }

  el.addEventListener("keydown", onKey);
  el.append(h("div", { class: "bc-part bc-drill", lang: "vi" }, h("h2", {}, words.title), place, status));
  draw();
  return () => clearInterval(timer);
}
