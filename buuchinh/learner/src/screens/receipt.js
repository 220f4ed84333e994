// The receipt of a hand-in on its paper, beside it what is left to do: sending it, and saying that it was sent.
import { button, h } from "../question/dom.js";
import { listed } from "./listed.js";
import { mayAsk, sentAt, sentWords, tellSent } from "../work/sent.js";

const SENDING = 3;
const WAITING = 4;
const HIGH = 44; // of a bar

// Returns the receipt. file: its name; delivered: when a hub's exchange took it, so that nothing is left to send; title, next: shown until it was sent; ways: how it can be sent; more: further buttons;
// rows: of the paper; first: in a chat program, the steps that come before all else; changed: {title, next} if answers were
// changed since, so that it is packed again; moved(stage): called with the step of handing in that one is at.
/** @param {Host} host */
export function receiptScreen(host, { file, delivered = null, title, next, ways = [], more = [], rows, check, first = null, changed = null, notes = [], moved = (_stage) => {} }) {
  const heading = h("h2", { tabindex: "-1" });
  const status = h("p", {});
  const chip = h("span", { class: "hoc-chip" });
  const paper = paperOf(host, { rows, check, chip });
  const doing = h("div", { class: "hoc-sending" });

  function tell(sent) {
    tellSent(file, sent);
    draw();
    heading.focus();
  }

  const done = (kind) => button(host.say("sent"), () => tell(true), kind);

  function draw() {
    const handed = { file, delivered };
    const sent = sentAt(handed);
    chip.textContent = sentWords(host, handed);
    chip.classList.toggle("hoc-chip-done", Boolean(sent));
    if (changed) {
      heading.textContent = changed.title;
      status.textContent = changed.next;
      doing.replaceChildren(h("p", { class: "hoc-row" }, ...more));
      return;
    }
    heading.textContent = sent ? host.say(delivered ? "delivered_title" : "sent_title") : title;
    status.textContent = sent ? host.say(delivered ? "receipt_in_exchange" : mayAsk(handed) ? "sent_ask" : "sent_wait") : next;
    doing.replaceChildren(...(sent
      ? [h("p", { class: "hoc-row" }, ...more, delivered ? null : button(host.say("sent_undo"), () => tell(false), "hoc-quiet"))]
      : first
        ? [first(done("hoc-quiet hoc-choice"))]
        : [...(ways.length ? [h("ul", { class: "hoc-ways" }, ...ways.map((line) => h("li", {}, line)))] : []), h("p", { class: "hoc-row" }, done("hoc-button"), ...more)]));
    moved(sent ? WAITING : SENDING);
  }

  draw();
  return h("div", { class: "hoc-receipt" },
    h("div", { class: "hoc-to-send" }, heading, status, doing, ...notes.map((note) => h("p", { class: "hoc-note" }, note))),
    paper);
}

// Returns the rows that say how much was answered: how many whole, as the steps above count them, then the numbers of the others.
// empty: null if the sheet no longer exists.
/** @type {(host: Host, answers: { done: number, total: number, empty: number[] | null, partly: (number | string)[] }) => string[][]} */
export function answeredRows(host, { done, total, empty, partly }) {
  return [
    [host.say("receipt_answered"), empty ? host.say("done_of", { done, total }) : host.say("not_begun", { total: done })],
    ...(partly.length ? [[host.say("receipt_partly"), listed(host, partly)]] : []),
    ...(empty ? [[host.say("receipt_empty"), empty.length ? listed(host, empty) : host.say("receipt_none")]] : []),
  ];
}

// Returns a way to send: its name, how it is done, whether the leader asked for it.
export function way(title, explanation, action = null) {
  return h("div", { class: action ? "hoc-way hoc-way-first" : "hoc-way" }, h("strong", {}, title), h("span", {}, explanation), action ? h("em", {}, action) : null);
}

/** @param {Host} host */
function paperOf(host, { rows, check, chip }) {
  const bars = h("span", { class: "hoc-bars", "aria-hidden": "true" });
  bars.innerHTML = barsOf(check);
  const pairs = (facts) => facts.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]);
  return h("section", { class: "hoc-slip", "aria-label": host.say("receipt_paper") },
    h("div", { class: "hoc-slip-paper" },
      h("p", { class: "hoc-slip-head" }, h("strong", {}, host.say("receipt_paper")), " ", chip),
      h("dl", {}, ...pairs(rows)),
      bars,
      h("dl", {}, ...pairs([[host.say("receipt_check"), check]]))));
}

// Draws lines as on a letter's label, three for each character of the code: for the eye alone.
function barsOf(check) {
  let x = 0;
  const bar = (width) => {
    const drawn = `<rect x="${x}" width="${width + 2}" height="${HIGH}"/>`;
    x += width + 5;
    return drawn;
  };
  const signs = [...check.replace(/-/gu, "")].map((sign) => Number.parseInt(sign, 16));
  const drawn = signs.flatMap((sign) => [sign >> 2, sign & 3, (sign >> 1) & 3]).map(bar).join("");
  return `<svg viewBox="0 0 ${x} ${HIGH}" width="${x}" height="${HIGH}">${drawn}</svg>`;
}

