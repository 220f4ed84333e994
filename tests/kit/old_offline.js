// Keeps the whole course on a device after one visit. VERSION and FILES stand above, written by site/build.py.
const OURS = "buuchinh-hoc-";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(OURS + VERSION).then((kept) => kept.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith(OURS) && name !== OURS + VERSION);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

// What was kept is one version of the course: pages of two versions are never mixed.
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== self.location.origin) return;
  event.respondWith(caches.open(OURS + VERSION).then((kept) => kept.match(event.request, { ignoreSearch: true })).then((found) => found ?? fetch(event.request)));
});
