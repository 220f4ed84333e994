// Three stores of lines and states in a browser: IndexedDB, localStorage (only the latest line of each question, for a second
// copy), and, if the browser stores nothing, this window's memory. entries: {lines: [[number, {place, line}]], states: [[key,
// value]]}; a line's number is its place in the order.

export const OFFICE_KEY = "office";

export function connected(name, factory = indexedDB) {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("lines", { autoIncrement: true }).createIndex("place", "place");
      request.result.createObjectStore("state");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

export function onDisk(database) {
  // Closes for a newer page that wants to erase or upgrade, which must not wait for this one.
  database.onversionchange = () => database.close();

  function done(stores, mode, act, now = false) {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, mode, { durability: "strict" });
      const request = act(transaction);
      if (now) transaction.commit?.(); // a page that is being closed receives no event, and its transaction would never end
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  async function entries() {
    let states;
    let keys;
    let numbers;
    const lines = await done(["lines", "state"], "readonly", (transaction) => {
      states = transaction.objectStore("state").getAll();
      keys = transaction.objectStore("state").getAllKeys();
      numbers = transaction.objectStore("lines").getAllKeys();
      return transaction.objectStore("lines").getAll();
    });
    return { lines: lines.map((line, n) => [numbers.result[n], line]), states: keys.result.map((key, n) => [key, states.result[n]]) };
  }

  return {
    kept: true,
    // Returns the number of the line; `number` if another store has assigned it.
    append: (place, line, number) => done("lines", "readwrite", (transaction) => transaction.objectStore("lines").put({ place, line }, number), true),
    lines: async (place) =>
      (await done("lines", "readonly", (transaction) => transaction.objectStore("lines").index("place").getAll(place))).map(({ line }) => line),
    // Returns the lines in places that begin so, in the order in which they were saved: [{place, line}].
    under: async (begins) => {
      const range = IDBKeyRange.bound(begins, `${begins}\uffff`);
      let keys;
      const stored = await done("lines", "readonly", (transaction) => {
        keys = transaction.objectStore("lines").index("place").getAllKeys(range);
        return transaction.objectStore("lines").index("place").getAll(range);
      });
      const order = new Map(stored.map((line, n) => [line, keys.result[n]]));
      return stored.sort((a, b) => order.get(a) - order.get(b));
    },
    all: () => done("lines", "readonly", (transaction) => transaction.objectStore("lines").getAll()),
    move: (from, to) =>
      done("lines", "readwrite", (transaction) => {
        const request = transaction.objectStore("lines").index("place").openCursor(from);
        request.onsuccess = () => {
          if (!request.result) return;
          request.result.update({ ...request.result.value, place: to });
          request.result.continue();
        };
      }),
    get: (key) => done("state", "readonly", (transaction) => transaction.objectStore("state").get(key)),
    set: (key, value) => done("state", "readwrite", (transaction) => transaction.objectStore("state").put(value, key)),
    states: async () => (await entries()).states,
    erase: () =>
      done(["lines", "state"], "readwrite", (transaction) => {
        transaction.objectStore("lines").clear();
        // Erases the answers; the office's numbers stay: they are the whole shift's, and have a button of their own.
        transaction.objectStore("state").delete(IDBKeyRange.upperBound(OFFICE_KEY, true));
        transaction.objectStore("state").delete(IDBKeyRange.lowerBound(OFFICE_KEY, true));
      }),
    entries,
    // Adds the entries that are missing or different, under the numbers and keys that they have.
    fill: async ({ lines, states }) => {
      const before = await entries();
      const changed = ([incoming, existing]) => {
        const known = new Map(existing.map(([key, value]) => [key, JSON.stringify(value)]));
        return incoming.filter(([key, value]) => known.get(key) !== JSON.stringify(value));
      };
      const [newLines, newStates] = [[lines, before.lines], [states, before.states]].map(changed);
      if (newLines.length + newStates.length === 0) return;
      await done(["lines", "state"], "readwrite", (transaction) => {
        newLines.forEach(([number, entry]) => transaction.objectStore("lines").put(entry, number));
        newStates.forEach(([key, value]) => transaction.objectStore("state").put(value, key));
      });
    },
    // Restores a copy, once in the life of this store: the lines of the copy come first, those of this store after them. `mark`
    // is the state that says so.
    restore: ({ lines, states }, mark) =>
      done(["lines", "state"], "readwrite", (transaction) => {
        const [ownLines, ownStates] = [transaction.objectStore("lines"), transaction.objectStore("state")];
        const keys = ownStates.getAllKeys();
        const numbers = ownLines.getAllKeys();
        const own = ownLines.getAll();
        own.onsuccess = () => {
          if (keys.result.includes(mark)) return; // another window was first
          const copied = new Map(lines.map(([number, entry]) => [number, JSON.stringify(entry)]));
          ownLines.clear();
          lines.forEach(([number, entry]) => ownLines.put(entry, number));
          own.result.filter((entry, n) => copied.get(numbers.result[n]) !== JSON.stringify(entry)).forEach((entry) => ownLines.add(entry));
          states.filter(([key]) => !keys.result.includes(key)).forEach(([key, value]) => ownStates.put(value, key));
          ownStates.put(true, mark);
        };
      }),
  };
}

// Returns a copy of another store: the lines that it gets have numbers.
export function inLocalStorage(name) {
  const lineKey = (place, id) => `${name} copy:${JSON.stringify([place, id])}`;
  const stateKey = (key) => `${name} copied state:${key}`;
  const keysFrom = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));
  const read = (key) => JSON.parse(localStorage.getItem(key));

  function put(number, { place, line }) {
    const key = lineKey(place, line.id);
    if (number < (read(key)?.number ?? 0)) return;
    localStorage.setItem(key, JSON.stringify({ number, place, line }));
  }
  const copied = () => keysFrom(`${name} copy:`).map(read).sort((a, b) => a.number - b.number);
  const set = async (key, value) => localStorage.setItem(stateKey(key), JSON.stringify(value));

  return {
    append: async (place, line, number) => put(number, { place, line }),
    async move(from, to) {
      for (const { number, place, line } of copied()) {
        if (place !== from) continue;
        put(number, { place: to, line });
        localStorage.removeItem(lineKey(place, line.id));
      }
    },
    set,
    erase: async () => [...keysFrom(`${name} copy:`), ...keysFrom(stateKey("")).filter((key) => key !== stateKey(OFFICE_KEY))].forEach((key) => localStorage.removeItem(key)),
    entries: async () => ({
      lines: copied().map(({ number, place, line }) => [number, { place, line }]),
      states: keysFrom(stateKey("")).map((key) => [key.slice(stateKey("").length), read(key)]),
    }),
    async fill({ lines, states }) {
      lines.forEach(([number, entry]) => put(number, entry));
      for (const [key, value] of states) await set(key, value);
    },
  };
}

export function inMemory() {
  let entries = [];
  const state = new Map();
  return {
    kept: false,
    append: async (place, line) => {
      entries.push({ place, line });
    },
    lines: async (place) => entries.filter((entry) => entry.place === place).map(({ line }) => line),
    under: async (begins) => entries.filter(({ place }) => place.startsWith(begins)),
    all: async () => entries,
    move: async (from, to) => {
      entries = entries.map((entry) => (entry.place === from ? { ...entry, place: to } : entry));
    },
    get: async (key) => state.get(key),
    set: async (key, value) => {
      state.set(key, value);
    },
    states: async () => [...state],
    erase: async () => {
      entries = [];
      [...state.keys()].filter((key) => key !== OFFICE_KEY).forEach((key) => state.delete(key));
    },
  };
}
