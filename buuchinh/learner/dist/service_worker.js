// The service worker: stores the whole course on a device after one visit. site/build.py writes VERSION and FILES (the digest
// of each by its name) above this. Only one version of the course is stored, and pages of two versions are never mixed: a newer
// worker waits until no page of the version before is open, or until one asks for it (installed.js).
const OURS = `buuchinh ${new URL(self.registration.scope).pathname} `; // two sites of one host have a copy each
const CACHE = OURS + VERSION;
const BEFORE_SCOPES = "buuchinh-hoc-"; // the names of the copies of 0.1.1 and earlier, whatever their folder

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(dropEarlier()));

self.addEventListener("message", ({ data, ports }) => {
  if (data === "version") ports[0].postMessage(VERSION);
  if (data === "take over") self.skipWaiting();
  if (data?.version === VERSION) self.clients.claim(); // at the first visit the page loads a moment before its worker
});

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== self.location.origin) return;
  event.respondWith(caches.open(CACHE).then((cache) => cache.match(event.request, { ignoreSearch: true })).then((response) => response ?? fetch(event.request)));
});

async function keepAll() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.keys(FILES).map((name) => keep(cache, name)));
    await cache.put("./", await cache.match("index.html"));
  } catch (error) {
    await caches.delete(CACHE);
    throw error; // the browser tries again at the next visit
  }
}

// Stores a file, past the browser's own cache, which may have the version before; a file of another version is not stored at
// all.
async function keep(cache, name) {
  const answer = await fetch(new Request(name, { cache: "reload" }));
  const bytes = await answer.arrayBuffer();
  if (!answer.ok || (await digestOf(bytes)) !== FILES[name]) throw new Error(`${name}: not of this version`);
  const headers = new Headers(answer.headers);
  ["Content-Encoding", "Content-Length"].forEach((header) => headers.delete(header)); // they described how the bytes were transferred
  await cache.put(name, new Response(bytes, { headers }));
}

async function digestOf(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Deletes the copies of earlier versions, but neither another folder's nor one that is still being made.
async function dropEarlier() {
  if (self.registration.installing || self.registration.waiting) return;
  for (const name of await caches.keys()) {
    const own = name.startsWith(OURS) ? name !== CACHE : name.startsWith(BEFORE_SCOPES) && (await holdsThisSite(name));
    if (own) await caches.delete(name);
  }
}

async function holdsThisSite(name) {
  return Boolean(await (await caches.open(name)).match(self.registration.scope));
}
