// The work of one person on one unit: what was answered, and a way to add to it.
import { typeOf } from "../question/registry.js";
import { foldLine, isGiven, isoNow } from "../logic/answer_entries.js";

// on: where the law of another day is asked about, that day.
/** @param {Host} host */
export async function openWork(host, { id: unit, version, on = undefined }) {
  const place = { unit, version, ...(on ? { on } : {}) };
  const entries = await host.journal.entries(place);
  const remarks = await host.journal.remarks();
  const watchers = new Set();

  function take(line) {
    foldLine(entries, line);
    watchers.forEach((watcher) => watcher());
  }

  return {
    unit,
    remarkOn: (id) => remarks[id]?.text ?? "",
    // A line on a question that is wrong or hard to understand; an empty one takes it back. Returns when it was kept.
    async remark(question, text) {
      const at = isoNow();
      await host.journal.remark(question, text, at, place);
      return at;
    },
    // Where the browser keeps an answer until it is kept: options of mount (question.js).
    unsent: (id) => host.journal.unsent(place, id),
    entries: () => entries,
    given: (id) => isGiven(entries[id]),
    // "empty", "partly" (a part that is asked for is open) or "whole".
    state(question) {
      const entry = entries[question.id];
      if (!isGiven(entry)) return "empty";
      return typeOf(question).leftOpen(question, entry.answer) ? "partly" : "whole";
    },
    watch: (watcher) => watchers.add(watcher),
    changed: () => watchers.forEach((watcher) => watcher()),
    // Resolves when the answer is kept, to the moment that stands beside it.
    async put(id, answer, typed) {
      const line = await host.journal.append(place, { id, answer, at: isoNow(), origin: "choice", ...(typed ? { typed: true } : {}) });
      take(line);
      return line.at;
    },
    // Takes entries as they are kept now; returns those that were others before, as [id, entry].
    renew(now) {
      const changed = Object.entries(now).filter(([id, entry]) => JSON.stringify(entry.answer) !== JSON.stringify(entries[id]?.answer));
      Object.assign(entries, now);
      if (changed.length) watchers.forEach((watcher) => watcher());
      return changed;
    },
    // What another window of this browser has just kept; false where it is of other work.
    heard(where, line) {
      if (!host.journal.covers(place, where)) return false;
      take(line);
      return true;
    },
  };
}
