// A second copy of what is kept, in other files of the browser. Chromium throws a whole store away at the second start after
// a write that a crash or a power cut tore: its LevelDB goes on behind the torn record, and then calls its own log damaged.
// A storage bucket has a log of its own; where there is none, localStorage, which is some seconds behind, has the latest lines.
import { connected, inLocalStorage, onDisk } from "./stores.js";

export const COPIED = "copied"; // of a store: whether what a copy had was put back since it was made
const BUCKET = "buuchinh-copy";
const COPY_WITHIN = 3000; // ms: a copy that is not there by then is done without, until the next start

export async function withCopy(store, name) {
  const found = inTime(copyOf(name));
  const paired = Boolean(await store.get(COPIED)) || (await restored(store, found));
  // What was not put back is not written over: it is tried again at the next start.
  const ready = inTime(found.then(async (copy) => {
    if (!copy || !paired) return null;
    await copy.fill(await store.entries());
    return copy;
  }));
  let follows = true;
  // The copy follows the store; where it cannot, or gives no answer in time, the next start makes up for it.
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
    // The copy first: it would bring back what was erased.
    async erase() {
      await ready;
      const copy = await found;
      const gone = copy && follows && (await inTime(copy.erase().then(() => true)));
      if (!gone) await navigator.storageBuckets?.delete(BUCKET);
      await store.erase();
    },
  };
}

// Whether what a copy has was put back into a store that was made anew.
async function restored(store, found) {
  try {
    const copy = await found;
    if (!copy) return false;
    await store.restore(await copy.entries(), COPIED);
    return true;
  } catch {
    return false;
  }
}

async function copyOf(name) {
  if (!navigator.storageBuckets) return inLocalStorage(name);
  // Chromium answers no write to a store of a bucket that nobody holds any more: the copy holds its own.
  const bucket = await navigator.storageBuckets.open(BUCKET, { durability: "strict" });
  return { ...onDisk(await connected(name, bucket.indexedDB)), bucket };
}

// What a promise gives, null where it fails or takes too long.
function inTime(promise) {
  return Promise.race([promise, new Promise((go) => setTimeout(go, COPY_WITHIN, null))]).catch(() => null);
}
