// How to put the course on a telephone's first screen: shown on request, and offered once to those who come back.
import { button, h } from "../question/dom.js";
import { inChat } from "./download.js";

const STORAGE_KEY = "buuchinh install"; // {since, later} in localStorage: the first visit, and when "Để sau" was pressed
const QUIET = 30 * 86400000;

/** @type {any} */
let offer = null; // the event of a browser that can install the course itself
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
});

export function toScreen(host) {
  const steps = h("div", {}, h("p", {}, host.say("to_screen_android")), h("p", {}, host.say("to_screen_iphone")));
  const folded = h("details", {}, h("summary", {}, host.say("to_screen")), steps);
  if (!isDue()) return folded;
  async function put() {
    if (offer) await offer.prompt();
    offer = null;
    card.replaceWith(steps);
  }
  function wait() {
    keep({ ...storedChoice(), later: Date.now() });
    card.replaceWith(folded);
  }
  const card = h("section", { class: "hoc-install" }, h("p", {}, host.say("install")), h("p", { class: "hoc-row" }, button(host.say("install_do"), put, "hoc-quiet hoc-choice"), button(host.say("install_later"), wait, "hoc-quiet")));
  return card;
}

// Tells whether to offer it: on a telephone, at a second visit, if the course is not on the first screen and "Để sau" was not
// pressed lately.
function isDue() {
  const { since, later } = storedChoice();
  if (!since) keep({ since: start });
  const again = since && since !== start;
  const installed = matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone;
  return again && !installed && !inChat() && matchMedia("(pointer: coarse)").matches && !(later && Date.now() - later < QUIET);
}

const start = sessionStart();

// Returns when this visit began; a visit lasts as long as its window.
function sessionStart() {
  try {
    const begun = Number(sessionStorage.getItem(STORAGE_KEY)) || Date.now();
    sessionStorage.setItem(STORAGE_KEY, String(begun));
    return begun;
  } catch {
    return 0;
  }
}

function storedChoice() {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY)) ?? {};
  } catch {
    return {}; // the browser stores nothing
  }
}

function keep(value) {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(value));
  } catch {
    // asked again at the next visit
  }
}
