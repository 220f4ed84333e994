// The journal of a person's work, in the store of this browser. Lines are stored under [person, unit, version], states under
// "kind person unit".
import { earliestOf, entriesOf, isAnswered, markPassed } from "../logic/answer_entries.js";
import { isGraded } from "../work/standing.js";
import { askToLast } from "./lasting.js";
import { placeOf, unitPlaces } from "./store.js";

const KEYS = { follow_up: "follow", submission: "handed" }; // kinds with another name in the store

// Returns the journal; host gives the person and the course of each call. The interface is Journal (host.d.ts).
export function journalOf(host, store) {
  const person = () => host.person ?? "";
  const keyOf = (kind, unit) => [KEYS[kind] ?? kind, person(), ...(unit ? [unit] : [])].join(" ");
  const read = async (kind, unit) => (await store.get(keyOf(kind, unit))) ?? null;
  const write = (kind, value, unit) => store.set(keyOf(kind, unit), value);
  const remarks = async () => ({ ...(await read("remarks")) });

  // Returns the lines that count for a unit. Graded work belongs to its version; other answers belong to their questions, which
  // have permanent ids, except that a short test that was ended in an earlier version starts over.
  async function linesOf({ unit, version }) {
    const lines = await store.unit(person(), unit);
    const end = await read("finished", unit);
    const over = end ? [end, ...(end.earlier ?? [])].map((session) => session.version) : [];
    const counts = isGraded(host, unit) ? (line) => line.version === version : (line) => line.version === version || !over.includes(line.version);
    return lines.filter(counts).map(({ line }) => line);
  }

  /** @satisfies {Journal} */
  const journal = {
    get durable() {
      return store.kept; // an LMS may stop keeping while one learns
    },
    unkept: () => (store.kept ? undefined : host.say("in_this_window")),
    read,
    write,
    remarks,
    entries: async (place) => markPassed(entriesOf(await linesOf(place)), (await read("seen", place.unit))?.passed),
    async versions(unit) {
      const begun = new Map();
      for (const { version, line } of await store.unit(person(), unit)) {
        const lines = begun.get(version) ?? [];
        begun.delete(version); // the version answered last comes last
        begun.set(version, lines);
        lines.push(line);
      }
      return [...begun].map(([version, lines]) => ({ version, entries: entriesOf(lines) })).filter(({ entries }) => Object.values(entries).some(isAnswered));
    },
    firstAnswered: async (places) => earliestOf((await Promise.all(places.map(linesOf))).flat()),
    async append(place, line) {
      const storePlace = placeOf(person(), place.unit, place.version);
      await store.append(storePlace, line);
      host.told(storePlace, line);
      askToLast(store).catch(() => {});
      return line;
    },
    // Tells whether a line that another window has just saved belongs to this place.
    covers: (place, where) => where.startsWith(isGraded(host, place.unit) ? placeOf(person(), place.unit, place.version) : unitPlaces(person(), place.unit)),
    async remark(question, text, at) {
      const all = await remarks();
      if (text || all[question]) all[question] = { question, text, at };
      await write("remarks", all);
    },
    unsent: (place, id) => ({ draft: host.draft(placeOf(person(), place.unit, place.version), id) }),
  };
  return journal;
}
