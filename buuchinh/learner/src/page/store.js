// The store of answers: one database on this device, a line for each answer, never overwritten, and a second copy of it. An
// answer reported as saved was committed; if nothing can be stored, `kept` is false and the page says so.
import { withCopy } from "./second_copy.js";
import { isSoundLine, isSoundState } from "./stored_shapes.js";
import { connected, inMemory, onDisk } from "./stores.js";

const PAUSES = [100, 300, 900, 1800]; // ms: after a crash, or on a busy machine, the store may be blocked for a while
const PASSING = ["UnknownError", "AbortError", "TimeoutError", "Error"]; // errors that may pass; a forbidden or missing store stays so

export async function openStore(name) {
  for (const pause of [...PAUSES, null]) {
    try {
      return soundly(await withCopy(onDisk(await connected(name)), name));
    } catch (error) {
      if (pause === null || !PASSING.includes(error?.name)) break;
      await new Promise((go) => setTimeout(go, pause));
    }
  }
  return soundly(inMemory());
}

// Returns the store without its damaged entries, and with settled(), which waits for unfinished writes.
export function soundly(store) {
  const pending = new Set();
  return {
    ...store,
    get kept() {
      return store.kept;
    },
    append(place, line) {
      const done = store.append(place, line);
      pending.add(done);
      const over = () => pending.delete(done);
      done.then(over, over);
      return done;
    },
    settled: () => Promise.all([...pending].map((write) => write.catch(() => {}))),
    lines: async (place) => (await store.lines(place)).filter(isSoundLine),
    // Returns the lines of every version, in the order in which they were saved: [{version, line}].
    async unit(person, unit) {
      const begins = unitPlaces(person, unit);
      return (await store.under(begins)).filter(({ line }) => isSoundLine(line)).map((stored) => versioned(stored, begins));
    },
    async get(key) {
      const value = await store.get(key);
      return isSoundState(key, value) ? value : undefined;
    },
  };
}

export function placeOf(person, unit, version) {
  return JSON.stringify([person, unit, version]);
}

// Returns how the places of a unit begin, in any version.
export function unitPlaces(person, unit) {
  return `${JSON.stringify([person, unit]).slice(0, -1)},`;
}

// Returns a line with its version. The place of a line from somebody's file may be anything: an unreadable one gives a version
// that nobody has.
function versioned({ place, line }, begins) {
  return { version: place.slice(begins.length + 1, -2), line };
}
