// Reading of a screen aloud if the device has a Vietnamese voice; without one the button is missing.
import { button, h } from "../question/dom.js";

const BLOCK = "h1, h2, h3, p, li, th, td, dt, dd, figcaption, label, legend, .bc-par, .bc-option";
const SILENT = "button, [role=button]:not(.hoc-term), input, select, textarea, kbd, svg, .bc-saved, .bc-remark, .bc-actions, .hoc-no-print, .hoc-listen, .hoc-meaning, details:not([open]) > :not(summary)";
const DIGITS = { 1: "một", 3: "ba", 4: "bốn", 5: "năm" };

export function voice() {
  return globalThis.speechSynthesis?.getVoices().find(({ lang }) => /^vi\b/iu.test(lang.replace("_", "-"))) ?? null;
}

// Puts "Nghe đọc" onto a screen as soon as a voice is available. `made`: the elements of the screen.
export function readable(host, made) {
  const screen = made.find((node) => node instanceof Element && node.matches("article"));
  const speech = globalThis.speechSynthesis;
  if (!speech || !screen) return;
  let reading = false;
  const press = button(host.say("listen"), () => (reading ? stop() : read()), "hoc-quiet");
  const place = h("p", { class: "hoc-listen hoc-no-print", hidden: true }, press);

  function look() {
    place.hidden = !voice();
  }

  function read() {
    const texts = spoken(made);
    const last = texts.length - 1;
    speech.cancel();
    tell(true);
    texts.forEach(({ block, text }, n) => {
      const utterance = new SpeechSynthesisUtterance(digits(text));
      utterance.voice = voice();
      utterance.lang = "vi-VN";
      utterance.onstart = () => block.classList.add("hoc-read-now");
      utterance.onend = utterance.onerror = () => {
        block.classList.remove("hoc-read-now");
        if (n === last) tell(false);
      };
      speech.speak(utterance);
    });
    if (last < 0) tell(false);
  }

  function tell(now) {
    reading = now;
    press.textContent = host.say(now ? "listen_stop" : "listen");
  }

  function stop() {
    tell(false);
    speech.cancel();
    document.querySelectorAll(".hoc-read-now").forEach((element) => element.classList.remove("hoc-read-now"));
  }

  look();
  (screen.querySelector(".hoc-above") ?? screen.querySelector(".hoc-decision") ?? screen).prepend(place); // never a column of its own
  speech.addEventListener?.("voiceschanged", look);
  addEventListener("pagehide", stop);
  host.closing.add(Promise.resolve(() => {
    speech.removeEventListener?.("voiceschanged", look);
    removeEventListener("pagehide", stop);
    stop();
  }));
}

// Returns the text to read, block by block: the feedback if there is one, else everything on the screen.
function spoken(made) {
  const feedback = made.flatMap((node) => (node instanceof Element ? [...node.querySelectorAll(".bc-feedback")] : [])).filter((element) => element.childNodes.length && isVisible(element));
  const places = feedback.length ? feedback : made.filter((node) => node instanceof Element && node.matches("article"));
  const blocks = new Map();
  for (const place of places) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement, data } = /** @type {Text} */ (texts.currentNode);
      if (!data.trim() || !isVisible(parentElement) || parentElement.closest(SILENT)) continue;
      const block = parentElement.closest(BLOCK) ?? place;
      blocks.set(block, (blocks.get(block) ?? "") + data);
    }
  }
  return [...blocks].map(([block, text]) => ({ block, text: text.replace(/\s+/gu, " ").trim() })).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

function isVisible(element) {
  return element.getClientRects().length > 0;
}

// Spells out a number to dial: "114" is "một một bốn".
export function digits(text) {
  return text.replace(/(^|[^\p{N}.,])(11[345])(?!\p{N}|[.,]\p{N})/gu, (_, before, number) => before + [...number].map((digit) => DIGITS[digit]).join(" "));
}
