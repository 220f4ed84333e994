// Saving of answers. An answer that is not confirmed yet stays in this browser and is sent again.
import { fill, h } from "./dom.js";
import { handedOver, handOver } from "./unsaved.js";

const TYPING = 700;
const AT_MOST = 2000; // the longest wait while somebody types without a pause
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
  let since = 0; // when the text being typed was last sent
  /** @type {number | undefined} */
  let patience;
  /** @type {number | undefined} */
  let again;
  let over = false;
  let lastLine = ""; // what was said of the answer that was confirmed last
  let lastSentence = "";

  /**
   * @param {unknown} answer
   * @param {boolean} soon
   */
  function keep(answer, soon = false) {
    if (over) return; // a focused field that is removed fires one more change
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
   * @param {string} savedAt
   * @param {number} which
   * @param {string} sentence
   */
  function saved(savedAt, which = number, sentence = words.saved) {
    clearTimeout(patience);
    patience = which === number ? undefined : setTimeout(() => failed(), PATIENCE); // slow is not broken
    if (which !== number) return;
    if (typing === undefined) {
      waiting = null;
      forget();
    }
    lastLine = fill(sentence, { time: clock(savedAt) });
    say(lastLine, sentence !== words.saved, sentence);
  }

  // Says otherwise what became of the confirmed answer, if the line still speaks of it.
  function sayAgain(sentence = words.saved, savedAt = new Date().toISOString()) {
    if (lastLine && line.textContent === lastLine) saved(savedAt, number, sentence);
  }

  /** @param {string} why */
  function failed(why = "") {
    clearTimeout(patience);
    patience = undefined;
    const isStored = waiting && remember(place, waiting);
    if (isStored && carries) handOver(place, waiting);
    say([why || words.not_saved, isStored ? words.kept_here : words.kept_nowhere].join(" "), true);
    clearTimeout(again);
    again = setTimeout(go, AGAIN);
  }

  function forget() {
    remember(place, null);
    if (carries) handOver(place, null);
  }

  // Shows what became of the answer. A screen reader announces it once, not anew for each choice that changes the time.
  /** @type {(text: string, alarming: boolean, sentence?: string) => void} */
  function say(text, alarming, sentence = text) {
    line.setAttribute("aria-live", sentence === lastSentence ? "off" : "polite");
    lastSentence = sentence;
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("bc-alarm", alarming);
    line.classList.remove("bc-nowhere");
  }

  // Sends the text at once when a tab is closed or a telephone is locked, which may be the last chance.
  const hidden = () => document.visibilityState === "hidden" && typing !== undefined && go();
  const leaving = () => typing !== undefined && go();
  document.addEventListener("visibilitychange", hidden);
  addEventListener("pagehide", leaving);

  return {
    line,
    keep,
    saved,
    sayAgain,
    failed,
    // Returns the answer that was never confirmed, unless a newer one has been saved since.
    /** @type {(savedAt: string | null) => unknown} */
    left(savedAt) {
      /** @type {Unsaved | null} */
      const unsaved = recall(place) ?? (carries ? handedOver(place) : null);
      if (unsaved?.answer === undefined) return null;
      if (!savedAt || Date.parse(unsaved.at) > Date.parse(savedAt)) return unsaved.answer;
      forget();
      return null;
    },
    busy: () => waiting !== null,
    // Says that the new choice is stored only in this browser, or nowhere: an older "saved" must not stay below it.
    /** @type {(at: string, sentence: string, button: string) => void} */
    notYet(at, sentence, button) {
      if (waiting !== null) return;
      say(fill(sentence, { time: clock(at), button }), false, sentence);
      line.classList.toggle("bc-nowhere", sentence === words.draft_lost);
    },
    /** @type {(at: string, sentence: string) => void} */
    tellEarlier(at, sentence) {
      say(fill(sentence, { time: minuteOf(at) }), false);
    },
    // Sends the text typed so far now. Whether it was saved is reported as usual.
    flush: leaving,
    // Ends the saving; dropped: the unsaved answer belongs to nobody any more.
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

// Stores a value and returns whether that worked: private windows and full disks refuse.
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

/** @type {(moment: string) => string} */
function clock(moment) {
  const time = new Date(moment);
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":");
}

// Returns the hour and minute, with the date if it is of another day.
/** @type {(moment: string) => string} */
function minuteOf(moment) {
  const time = new Date(moment);
  const hour = [time.getHours(), time.getMinutes()].map(two).join(":");
  const today = time.toDateString() === new Date().toDateString();
  return today ? hour : `${hour} ${two(time.getDate())}-${two(time.getMonth() + 1)}-${time.getFullYear()}`;
}
