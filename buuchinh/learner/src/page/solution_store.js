// Solutions in a browser, by person and exercise: a database of their own, so that they take no room from the answers' copies.

export function solutionStore(name) {
  const memory = new Map(); // where nothing can be stored, for this window
  let opening = null; // opened by the first exercise that looks for solutions
  const opened = () => (opening ??= connected(`${name} loi-giai`).catch(() => null));

  async function done(mode, act) {
    const database = await opened();
    if (!database) return undefined;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction("texts", mode);
      const request = act(transaction.objectStore("texts"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  return {
    async read(person, unit) {
      const key = `${person} ${unit}`;
      const stored = await done("readonly", (texts) => texts.get(key)).catch(() => undefined);
      const text = memory.get(key) ?? stored;
      return typeof text === "string" ? text : null;
    },
    async write(person, unit, text) {
      const key = `${person} ${unit}`;
      memory.delete(key);
      const put = (texts) => (text === null ? texts.delete(key) : texts.put(text, key));
      const stored = (await opened()) && (await done("readwrite", put).then(() => true, () => false));
      if (!stored && text !== null) memory.set(key, text);
    },
    async erase() {
      memory.clear();
      await done("readwrite", (texts) => texts.clear());
    },
  };
}

function connected(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("texts");
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}
