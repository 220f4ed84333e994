// Ten seconds as a ring that empties; off for those who want no clock. It pauses while the page is not seen, and while the words
// that describe the picture have the focus.
import { fill, h } from "../../question/dom.js";

const TICK = 200; // milliseconds
const SVG = "http://www.w3.org/2000/svg";
const ROUND = 100; // pathLength

// Returns a clock. hold(): whether time stands still; over(): called after ten seconds without an answer; turned(on): called
// when it was turned on or off.
export function clockOf({ words, seconds, on, hold, over, turned }) {
  const ring = circle("bc-ring-left");
  const face = document.createElementNS(SVG, "svg");
  face.setAttribute("viewBox", "0 0 44 44");
  face.append(circle("bc-ring-whole"), ring);
  const number = h("span", { class: "bc-ring-number" });
  const dial = h("div", { class: "bc-drill-ring", "aria-hidden": "true" }, face, number);
  const text = h("span", { class: "bc-soft", "aria-hidden": "true" });
  const turn = h("button", { type: "button", class: "bc-quiet bc-drill-clock", onclick: () => flip() });
  let milliseconds = seconds * 1000;
  let last = performance.now();
  let ended = false;

  function show() {
    const whole = Math.ceil(milliseconds / 1000);
    dial.hidden = !on;
    number.textContent = String(whole);
    ring.setAttribute("stroke-dashoffset", String(ROUND - (ROUND * Math.max(milliseconds, 0)) / (seconds * 1000)));
    text.textContent = on ? fill(words.left, { seconds: whole }) : words.free;
    turn.textContent = on ? words.clock_off : words.clock_on;
  }

  function flip() {
    on = !on;
    turned(on);
    show();
  }

  const timer = setInterval(() => {
    const now = performance.now();
    if (on && !document.hidden && !hold()) milliseconds -= now - last;
    last = now;
    show();
    if (milliseconds > 0 || ended) return;
    ended = true;
    over();
  }, TICK);
  show();
  return { dial, text, turn, stop: () => clearInterval(timer) };
}

function circle(name) {
  const made = document.createElementNS(SVG, "circle");
  for (const [key, value] of Object.entries({ class: name, cx: 22, cy: 22, r: 19, pathLength: ROUND })) made.setAttribute(key, String(value));
  return made;
}
