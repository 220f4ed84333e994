// Unsaved answers from before a newer version came: in practice an answer belongs to its question, which has a permanent id,
// so it moves to the version that is shown.
import { recall, remember } from "./autosave.js";
import { handedOver, handOver, leftPlaces } from "./unsaved.js";

// buuchinh:CODE/l05/1.1.0:l05-q01 in a notebook, …["CODE","l05","1.1.0"]:l05-q01 on a page.
const PLACE = /^(.*[/"])\d+(?:\.\d+)*("?\]?:[^:]*)$/u;

/** @type {(place: string, other: string) => boolean} */
export function sameQuestion(place, other) {
  const [own, match] = [PLACE.exec(place), PLACE.exec(other)];
  return place !== other && own !== null && match !== null && own[1] === match[1] && own[2] === match[2];
}

/** @type {(place: string | null) => void} */
export function takeAlong(place) {
  if (!place) return;
  const others = new Set([...names(), ...leftPlaces()].filter((name) => sameQuestion(place, name)));
  for (const other of others) {
    /** @type {Unsaved | null} */
    const answer = recall(other) ?? handedOver(other);
    /** @type {Unsaved | null} */
    const own = recall(place);
    const newer = answer && !(own && Date.parse(own.at) >= Date.parse(answer.at));
    if (newer && !remember(place, { answer: answer.answer, at: answer.at })) continue; // if it cannot be stored here, leave the other copy
    remember(other, null);
    handOver(other, null);
  }
}

function names() {
  try {
    return Object.keys(localStorage);
  } catch {
    return []; // the browser stores nothing
  }
}
