// An answer on its way to where it is kept. What is not confirmed stays in this browser and is sent again.
import { fill, h } from "./dom.js";
import { handedOver, handOver } from "./unsaved.js";

const TYPING = 700;
const AT_MOST = 2000; // who types without a pause has this much on its way, and no more
const PATIENCE = 4000;
const AGAIN = 5000;

/**
 * @typedef {object} Way
 * @property {string | null} place its name in localStorage
 * @property {Words} words
 * @property {(answer: unknown, number: number) => void} send starts the way; saved(at, number) confirms it, in other words where the place is not for long
 * @property {boolean} [carries] whether what could not be saved may go by cookie to the same program at another port (unsaved.js)
 */

/** @param {Way} way */
export function keeper({ place, words, send, carries = true }) {
  const line = h("p", { class: "bc-saved", role: "status" });
  let number = 0;
  /** @type {Unsaved | null} */
  let waiting = null;
  /** @type {number | undefined} */
  let typing;
  let since = 0; // when what is being typed was sent last
  /** @type {number | undefined} */
  let patience;
  /** @type {number | undefined} */
  let again;
  let over = false;

  /**
   * @param {unknown} answer
   * @param {boolean} soon
   */
  function keep(answer, soon = false) {
    if (over) return; // a field that is taken away while it has the focus says once more that it has changed
    waiting = { answer, at: new Date().toISOString() };
    remember(place, waiting);
    if (!soon) return go();
    if (typing === undefined) since = Date.now();
    clearTimeout(typing);
    typing = setTimeout(go, Math.max(0, Math.min(TYPING, since + AT_MOST - Date.now())));
  }

  function go() {
    clearTimeout(typing);
    typing = undefined;
    if (!waiting) return;
    number += 1;
    clearTimeout(again);
    if (patience === undefined) patience = setTimeout(() => failed(), PATIENCE);
    try {
      send(waiting.answer, number);
    } catch {
      failed();
    }
  }

  /**
   * @param {string} at
   * @param {number} which
   * @param {string} told
   */
  function saved(at, which = number, told = words.saved) {
    clearTimeout(patience);
    patience = which === number ? undefined : setTimeout(() => failed(), PATIENCE); // a slow way is none that is closed
    if (which !== number) return;
    if (typing === undefined) {
      waiting = null;
      forget();
    }
    say(fill(told, { time: clock(at) }), told !== words.saved);
  }

  /** @param {string} why */
  function failed(why = "") {
    clearTimeout(patience);
    patience = undefined;
    const kept = waiting && remember(place, waiting);
    if (kept && carries) handOver(place, waiting);
    say([why || words.not_saved, kept ? words.kept_here : words.kept_nowhere].join(" "), true);
    clearTimeout(again);
    again = setTimeout(go, AGAIN);
  }

  function forget() {
    remember(place, null);
    if (carries) handOver(place, null);
  }

  /** @type {(text: string, alarming: boolean) => void} */
  function say(text, alarming) {
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("bc-alarm", alarming);
  }

  // A tab that is closed, a telephone that is locked: what is typed goes now, for there may be no later.
  const hidden = () => document.visibilityState === "hidden" && typing !== undefined && go();
  const leaving = () => typing !== undefined && go();
  document.addEventListener("visibilitychange", hidden);
  addEventListener("pagehide", leaving);

  return {
    line,
    keep,
    saved,
    failed,
    // What was never confirmed, unless something newer has been kept since.
    /** @type {(savedAt: string | null) => unknown} */
    left(savedAt) {
      /** @type {Unsaved | null} */
      const found = recall(place) ?? (carries ? handedOver(place) : null);
      if (found?.answer === undefined) return null;
      if (!savedAt || Date.parse(found.at) > Date.parse(savedAt)) return found.answer;
      forget();
      return null;
    },
    busy: () => waiting !== null,
    // What was chosen since is kept here alone, or nowhere: an older "saved" must not stand below it.
    /** @type {(at: string, told: string, button: string) => void} */
    notYet(at, told, button) {
      if (waiting === null) say(fill(told, { time: clock(at), button }), false);
    },
    /** @type {(at: string, told: string) => void} */
    tellEarlier(at, told) {
      say(fill(told, { time: minuteOf(at) }), false);
    },
    // What is typed is sent now. Whether it was kept is told as ever.
    flush: leaving,
    // dropped: what is on its way belongs to nobody any more.
    dispose(dropped = false) {
      if (dropped) forget();
      else leaving();
      over = true;
      [typing, patience, again].forEach(clearTimeout);
      document.removeEventListener("visibilitychange", hidden);
      removeEventListener("pagehide", leaving);
    },
  };
}

// Whether it could be written: private windows and full disks refuse.
/** @type {(place: string | null, value: unknown) => boolean} */
export function remember(place, value) {
  if (!place) return false;
  try {
    if (value === null) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** @type {<T>(place: string | null) => T | null} */
export function recall(place) {
  try {
    return place ? JSON.parse(localStorage.getItem(place) ?? "null") : null;
  } catch {
    return null;
  }
}

/** @type {(value: number) => string} */
function two(value) {
  return String(value).padStart(2, "0");
}

/** @type {(at: string) => string} */
function clock(at) {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":");
}

// Of another day, with that day.
/** @type {(at: string) => string} */
function minuteOf(at) {
  const time = new Date(at);
  const hour = [time.getHours(), time.getMinutes()].map(two).join(":");
  const today = time.toDateString() === new Date().toDateString();
  return today ? hour : `${hour} ${two(time.getDate())}-${two(time.getMonth() + 1)}-${time.getFullYear()}`;
}
