// What a person has done, as it lies on the disk of the server: read whole in one request, written line by line.
import { foldLine, isGiven } from "../logic/answer_entries.js";
import { get, post, put } from "./api.js";

const WRITTEN = new Set(["role", "follow_up", "drill", "finished", "last"]); // the states that the server keeps; others are a page's

// notebook: the path whose folder says whose work it is. The interface is Journal (host.d.ts).
export async function openJournal(notebook, tell) {
  let all = await get("journal/all", { notebook });
  const keyOf = (kind, unit) => (unit ? `${kind}/${unit}` : kind);
  const entriesOf = (unit) => all.units[unit] ?? {};

  return {
    durable: true,
    person: () => all.person,
    submissions: (unit) => all.submissions[unit] ?? [],
    read: async (kind, unit) => {
      if (kind === "submission") return all.submissions[unit]?.at(-1) ?? null;
      return all.states[keyOf(kind, unit)] ?? null;
    },
    async write(kind, value, unit) {
      if (!WRITTEN.has(kind)) return;
      await put(`state/${keyOf(kind, unit)}`, { notebook, value });
      all.states[keyOf(kind, unit)] = value;
      tell();
    },
    entries: async ({ unit, on = undefined }) => (on ? (await get("journal", { notebook, unit, on })).entries : structuredClone(entriesOf(unit))),
    versions: async (unit) => (Object.values(entriesOf(unit)).some(isGiven) ? [{ version: all.versions?.[unit], entries: structuredClone(entriesOf(unit)) }] : []),
    firstAnswered: async (places) => places.flatMap(({ unit }) => Object.values(entriesOf(unit))).map(({ at }) => at).sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null,
    async append({ unit, version, on }, { id, answer, typed }) {
      const { at } = await post("journal", { notebook, unit, version, id, answer, ...(typed ? { typed } : {}), ...(on ? { on } : {}) });
      const line = { id, answer, at, origin: "choice", ...(typed ? { typed } : {}) };
      if (!on) foldLine((all.units[unit] ??= {}), line);
      tell();
      return line;
    },
    remarks: async () => Object.fromEntries(all.remarks.map((one) => [one.question, one])),
    async remark(question, text, _at, { unit, version }) {
      const { at } = await post("remarks", { notebook, unit, version, id: question, text });
      all.remarks = [...all.remarks.filter((one) => one.question !== question), { question, text, at }];
      tell();
    },
    unsent: ({ unit, version }) => ({ store: `${all.person.code ?? "khach"}/${unit}/${version}` }),
    covers: () => false,
    // Reads again what others have written since.
    async refresh() {
      all = await get("journal/all", { notebook });
    },
  };
}
