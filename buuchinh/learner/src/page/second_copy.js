// A second copy of the store, in other files of the browser. Chromium discards a whole store at the second start after a write
// that was torn by a crash or a power cut: its LevelDB goes on behind the torn record, and then calls its own log damaged. A
// storage bucket has a log of its own; without buckets, localStorage, which is some seconds behind, has the latest lines.
import { connected, inLocalStorage, onDisk } from "./stores.js";

export const COPIED = "copied"; // a state of the store: whether a copy was restored since the store was made
const BUCKET = "buuchinh-copy";
const COPY_WITHIN = 3000; // ms: without a copy by then, the store goes on without one until the next start

export async function withCopy(store, name) {
  const loading = inTime(copyOf(name));
  const paired = Boolean(await store.get(COPIED)) || (await restoreCopy(store, loading));
  // Does not overwrite a copy that could not be restored: the next start tries again.
  const ready = inTime(loading.then(async (copy) => {
    if (!copy || !paired) return null;
    await copy.fill(await store.entries());
    return copy;
  }));
  let follows = true;
  // Makes the copy follow the store; if it cannot, or does not answer in time, the next start makes up for it.
  const follow = async (act) => {
    const copy = await ready;
    if (copy && follows) follows = await inTime(act(copy).then(() => true, () => true));
  };
  return {
    ...store,
    async append(place, line) {
      const number = await store.append(place, line);
      await follow((copy) => copy.append(place, line, number));
    },
    async move(from, to) {
      await store.move(from, to);
      await follow((copy) => copy.move(from, to));
    },
    async set(key, value) {
      await store.set(key, value);
      await follow((copy) => copy.set(key, value));
    },
    // Erases the copy first: it would bring back the erased lines.
    async erase() {
      await ready;
      const copy = await loading;
      const gone = copy && follows && (await inTime(copy.erase().then(() => true)));
      if (!gone) await navigator.storageBuckets?.delete(BUCKET);
      await store.erase();
    },
  };
}

// Restores a copy into a store that was made anew; returns whether that worked.
async function restoreCopy(store, loading) {
  try {
    const copy = await loading;
    if (!copy) return false;
    await store.restore(await copy.entries(), COPIED);
    return true;
  } catch {
    return false;
  }
}

async function copyOf(name) {
  if (!navigator.storageBuckets) return inLocalStorage(name);
  // Chromium answers no write to a store of a bucket that nothing refers to any more: the copy holds a reference to its own.
  const bucket = await navigator.storageBuckets.open(BUCKET, { durability: "strict" });
  return { ...onDisk(await connected(name, bucket.indexedDB)), bucket };
}

// Returns the value of a promise, null if it fails or takes too long.
function inTime(promise) {
  return Promise.race([promise, new Promise((go) => setTimeout(go, COPY_WITHIN, null))]).catch(() => null);
}
