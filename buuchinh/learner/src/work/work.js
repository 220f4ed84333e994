// The work of one person on one unit: the answers so far, and a way to add to them.
import { typeOf } from "../question/registry.js";
import { foldLine, isAnswered, isSettled, isoNow, markPassed } from "../logic/answer_entries.js";

// Opens the work; on: the day, if the question asks about the law of another day.
/** @param {Host} host */
export async function openWork(host, { id: unit, version, on = undefined }) {
  const place = { unit, version, ...(on ? { on } : {}) };
  const entries = await host.journal.entries(place);
  const remarks = await host.journal.remarks();
  const watchers = new Set();
  const saving = new Set(); // answers on their way to the journal

  function take(line) {
    foldLine(entries, line);
    watchers.forEach((watcher) => watcher());
  }

  return {
    unit,
    remarkOn: (id) => remarks[id]?.text ?? "",
    // Saves a remark that a question is wrong or hard to understand; an empty one takes it back. Returns the moment of saving.
    async remark(question, text) {
      const at = isoNow();
      await host.journal.remark(question, text, at, place);
      return at;
    },
    // Returns options of mount (question.js): where the browser keeps an answer until it is saved.
    unsent: (id) => host.journal.unsent(place, id),
    entries: () => entries,
    given: (id) => isAnswered(entries[id]),
    settles: (id) => isSettled(entries[id]),
    // Passes a question by, which is then done with.
    async passBy(id) {
      const seen = await host.journal.read("seen", unit);
      const passed = [...new Set([...(seen?.passed ?? []), id])];
      await host.journal.write("seen", { version, parts: [], end: false, ...seen, passed }, unit);
      markPassed(entries, [id]);
      watchers.forEach((watcher) => watcher());
    },
    // Returns "empty", "partly" (a required part is open) or "whole".
    state(question) {
      const entry = entries[question.id];
      if (!isAnswered(entry)) return "empty";
      return typeOf(question).leftOpen(question, entry.answer) ? "partly" : "whole";
    },
    watch: (watcher) => watchers.add(watcher),
    changed: () => watchers.forEach((watcher) => watcher()),
    // Resolves when the answer is saved, to the moment displayed beside it.
    async put(id, answer, typed) {
      const appended = host.journal.append(place, { id, answer, at: isoNow(), origin: "choice", ...(typed ? { typed: true } : {}) });
      saving.add(appended);
      try {
        const line = await appended;
        take(line);
        return line.at;
      } finally {
        saving.delete(appended);
      }
    },
    // Resolves when every answer that is being saved has been saved or refused.
    settled: () => Promise.allSettled(saving),
    // Takes over entries as they are saved now; returns those that have changed, as [id, entry].
    renew(now) {
      const changed = Object.entries(now).filter(([id, entry]) => JSON.stringify(entry.answer) !== JSON.stringify(entries[id]?.answer));
      Object.assign(entries, now);
      if (changed.length) watchers.forEach((watcher) => watcher());
      return changed;
    },
    // Takes a line that another window of this browser has just saved; returns false if it is of other work.
    heard(linePlace, line) {
      if (!host.journal.covers(place, linePlace)) return false;
      take(line);
      return true;
    },
  };
}
