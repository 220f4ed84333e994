// An answer on its way to where it is kept. What is not confirmed stays in this browser and is sent again.
import { fill, h } from "./dom.js";
import { handedOver, handOver } from "./left.js";

const TYPING = 700;
const PATIENCE = 4000;
const AGAIN = 5000;

// send(answer, number) starts the way; saved(at, number) confirms it.
export function keeper({ place, words, send }) {
  const line = h("p", { class: "bc-saved", role: "status" });
  let number = 0;
  let waiting = null;
  let typing = null;
  let timer = null;

  function keep(answer, soon = false) {
    clearTimeout(typing);
    waiting = { answer, at: new Date().toISOString() };
    remember(place, waiting);
    if (soon) typing = setTimeout(go, TYPING);
    else go();
  }

  function go() {
    if (!waiting) return;
    typing = null;
    number += 1;
    clearTimeout(timer);
    timer = setTimeout(() => failed(), PATIENCE);
    try {
      send(waiting.answer, number);
    } catch {
      failed();
    }
  }

  function saved(at, which = number) {
    if (which !== number) return;
    clearTimeout(timer);
    if (typing === null) {
      waiting = null;
      forget();
    }
    say(fill(words.saved, { time: clock(at) }), false);
  }

  function failed(why = "") {
    clearTimeout(timer);
    const kept = waiting && remember(place, waiting);
    if (kept) handOver(place, waiting);
    say([why || words.not_saved, kept ? words.kept_here : words.kept_nowhere].join(" "), true);
    timer = setTimeout(go, AGAIN);
  }

  function forget() {
    remember(place, null);
    handOver(place, null);
  }

  function say(text, alarming) {
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("bc-alarm", alarming);
  }

  return {
    line,
    keep,
    saved,
    failed,
    // What was never confirmed, unless something newer has been kept since.
    left(savedAt) {
      const found = recall(place) ?? handedOver(place);
      if (!found) return null;
      if (!savedAt || Date.parse(found.at) > Date.parse(savedAt)) return found.answer;
      forget();
      return null;
    },
    busy: () => waiting !== null,
    // What was chosen since is kept when it is checked: an older "saved" must not stand below it.
    notYet(text) {
      if (waiting === null) say(text, false);
    },
    tellEarlier(at) {
      say(fill(words.saved_earlier, { time: clock(at, true) }), false);
    },
    dispose() {
      if (typing !== null) go();
      clearTimeout(typing);
      clearTimeout(timer);
    },
  };
}

// Whether it could be written: private windows and full disks refuse.
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

export function recall(place) {
  try {
    return place ? JSON.parse(localStorage.getItem(place)) : null;
  } catch {
    return null;
  }
}

function clock(at, withDay = false) {
  const time = new Date(at);
  const two = (value) => String(value).padStart(2, "0");
  const day = withDay ? ` ${two(time.getDate())}-${two(time.getMonth() + 1)}-${time.getFullYear()}` : "";
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}${day}`;
}
