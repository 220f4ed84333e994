// Where answers are kept: one database on this device, a line for each answer, never overwritten.
// What is told as saved was committed; where nothing can be kept, `kept` is false and the page says so.
import { isSoundLine, isSoundState } from "./sound.js";

export const OFFICE_KEPT = "office";

const PAUSES = [100, 300, 900, 1800]; // ms: after a crash, or on a busy machine, a store may be slow to be free
const PASSING = ["UnknownError", "AbortError", "TimeoutError", "Error"]; // what is forbidden, or not there, stays so

export async function openJournal(name) {
  for (const pause of [...PAUSES, null]) {
    try {
      return soundly(onDisk(await connected(name)));
    } catch (error) {
      if (pause === null || !PASSING.includes(error?.name)) break;
      await new Promise((go) => setTimeout(go, pause));
    }
  }
  return soundly(inMemory());
}

// Hands out what is sound, and knows what is still on its way.
function soundly(store) {
  const under = new Set();
  return {
    ...store,
    append(place, line) {
      const done = store.append(place, line);
      under.add(done);
      const over = () => under.delete(done);
      done.then(over, over);
      return done;
    },
    settled: () => Promise.all([...under].map((one) => one.catch(() => {}))),
    lines: async (place) => (await store.lines(place)).filter(isSoundLine),
    unit: async (person, unit) => (await store.unit(person, unit)).filter(({ line }) => isSoundLine(line)),
    async get(key) {
      const value = await store.get(key);
      return isSoundState(key, value) ? value : undefined;
    },
  };
}

export function placeOf(person, unit, version) {
  return JSON.stringify([person, unit, version]);
}

// How the places of a unit begin, whatever the version.
export function unitPlaces(person, unit) {
  return `${JSON.stringify([person, unit]).slice(0, -1)},`;
}

// A place that somebody's file brought along may be anything: what cannot be read is a version that nobody has.
function versioned({ place, line }, begins) {
  return { version: place.slice(begins.length + 1, -2), line };
}

function connected(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("lines", { autoIncrement: true }).createIndex("place", "place");
      request.result.createObjectStore("state");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function onDisk(database) {
  // A newer page that wants to erase or upgrade must not wait for this one.
  database.onversionchange = () => database.close();

  function done(stores, mode, act, now = false) {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, mode, { durability: "strict" });
      const request = act(transaction);
      if (now) transaction.commit?.(); // a page that is being closed hears no answer, and would never come to its end
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  return {
    kept: true,
    append: (place, line) => done("lines", "readwrite", (at) => at.objectStore("lines").add({ place, line }), true),
    lines: async (place) =>
      (await done("lines", "readonly", (at) => at.objectStore("lines").index("place").getAll(place))).map(({ line }) => line),
    // Of every version, in the order in which they were kept: [{version, line}].
    unit: async (person, unit) => {
      const begins = unitPlaces(person, unit);
      const range = IDBKeyRange.bound(begins, `${begins}\uffff`);
      let keys;
      const kept = await done("lines", "readonly", (at) => {
        keys = at.objectStore("lines").index("place").getAllKeys(range);
        return at.objectStore("lines").index("place").getAll(range);
      });
      const order = new Map(kept.map((one, n) => [one, keys.result[n]]));
      return kept.sort((one, other) => order.get(one) - order.get(other)).map((one) => versioned(one, begins));
    },
    all: () => done("lines", "readonly", (at) => at.objectStore("lines").getAll()),
    move: (from, to) =>
      done("lines", "readwrite", (at) => {
        const request = at.objectStore("lines").index("place").openCursor(from);
        request.onsuccess = () => {
          if (!request.result) return;
          request.result.update({ ...request.result.value, place: to });
          request.result.continue();
        };
      }),
    get: (key) => done("state", "readonly", (at) => at.objectStore("state").get(key)),
    set: (key, value) => done("state", "readwrite", (at) => at.objectStore("state").put(value, key)),
    states: async () => {
      const keys = await done("state", "readonly", (at) => at.objectStore("state").getAllKeys());
      const values = await done("state", "readonly", (at) => at.objectStore("state").getAll());
      return keys.map((key, n) => [key, values[n]]);
    },
    erase: () =>
      done(["lines", "state"], "readwrite", (at) => {
        at.objectStore("lines").clear();
        // Answers go, the office's numbers stay: they are the whole shift's, and have a button of their own.
        at.objectStore("state").delete(IDBKeyRange.upperBound(OFFICE_KEPT, true));
        at.objectStore("state").delete(IDBKeyRange.lowerBound(OFFICE_KEPT, true));
      }),
  };
}

function inMemory() {
  let kept = [];
  const state = new Map();
  return {
    kept: false,
    append: async (place, line) => {
      kept.push({ place, line });
    },
    lines: async (place) => kept.filter((one) => one.place === place).map(({ line }) => line),
    unit: async (person, unit) => {
      const begins = unitPlaces(person, unit);
      return kept.filter(({ place }) => place.startsWith(begins)).map((one) => versioned(one, begins));
    },
    all: async () => kept,
    move: async (from, to) => {
      kept = kept.map((one) => (one.place === from ? { ...one, place: to } : one));
    },
    get: async (key) => state.get(key),
    set: async (key, value) => {
      state.set(key, value);
    },
    states: async () => [...state],
    erase: async () => {
      kept = [];
      [...state.keys()].filter((key) => key !== OFFICE_KEPT).forEach((key) => state.delete(key));
    },
  };
}
