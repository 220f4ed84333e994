// Drafts: text that was typed and is not in the journal yet, in localStorage under the place of the answer.

export function draftOf(host, place, question) {
  return `${host.drafts}${place}:${question}`;
}

export function moveDrafts(host, from, to) {
  for (const key of keysOf(`${host.drafts}${from}:`)) {
    localStorage.setItem(key.replace(from, () => to), localStorage.getItem(key));
    localStorage.removeItem(key);
  }
}

export function dropDrafts(host) {
  keysOf(host.drafts).forEach((key) => localStorage.removeItem(key));
}

function keysOf(start) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return []; // the browser stores nothing, so no drafts
  }
}
