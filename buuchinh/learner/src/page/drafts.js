// What was typed and is not in the journal yet: a letter's life in localStorage, under the place of the answer.

export function draftOf(app, place, question) {
  return `${app.drafts}${place}:${question}`;
}

export function moveDrafts(app, from, to) {
  for (const key of keysOf(`${app.drafts}${from}:`)) {
    localStorage.setItem(key.replace(from, () => to), localStorage.getItem(key));
    localStorage.removeItem(key);
  }
}

export function dropDrafts(app) {
  keysOf(app.drafts).forEach((key) => localStorage.removeItem(key));
}

function keysOf(start) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return []; // a browser that keeps nothing keeps no drafts
  }
}
