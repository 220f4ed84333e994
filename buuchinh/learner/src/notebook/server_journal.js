// The journal on the server's disk: read whole in one request, written line by line.
import { earliestOf, foldLine, markPassed } from "../logic/answer_entries.js";
import { get, post, put, remove } from "./api.js";

const WRITTEN = new Set(["follow_up", "drill", "order", "finished"]); // the states that the server saves; the others exist on pages only

const OF_COURSE = /^(?!t\d)[a-z]+\d+$/u; // units have numbers; packs, pictures and tried questions are no units to go on with

// Opens the journal. notebook: the path, with the folder of the work's owner; answered(request): reports a server that does not
// answer. The interface is Journal (host.d.ts).
export async function openJournal(notebook, tell, answered) {
  let all = await get("journal/all", { notebook });
  const keyOf = (kind, unit) => (unit ? `${kind}/${unit}` : kind);
  const entriesOf = (unit) => all.units[unit] ?? {};

  // Returns the place of the latest answer: {unit, at, question}.
  function lastAnswered() {
    const answered = Object.entries(all.units).filter(([unit]) => OF_COURSE.test(unit)).flatMap(([unit, entries]) => Object.entries(entries).map(([question, { at }]) => ({ unit, question, time: Date.parse(at) || 0 })));
    const [last] = answered.sort((a, b) => b.time - a.time);
    return last ? { unit: last.unit, at: 1, question: last.question } : null;
  }

  async function writeState(key, value) {
    all.states[key] = await put(`state/${key}`, { notebook, value });
    tell();
  }

  // Returns the questions of a unit that were passed by; the server keeps those of all units together.
  const passedIn = (unit) => (all.states.passed?.questions ?? []).filter((id) => id.startsWith(`${unit}-`));

  // Forgets the role; sheets that were seen stay seen on the path of the next role.
  async function forgetRole() {
    await remove("state/role", { notebook });
    all.states.role = { seen: all.states.role?.seen ?? [] };
    tell();
  }

  /** @satisfies {NotebookJournal} */
  const journal = {
    durable: true,
    person: () => all.person,
    submissions: (unit) => all.submissions[unit] ?? [],
    guestCopies: () => all.guest_copies ?? [],
    async lookSubmitted(unit) {
      all.submissions[unit] = await get("submissions", { notebook, unit });
    },
    read: async (kind, unit) => {
      if (kind === "submission") return all.submissions[unit]?.at(-1) ?? null;
      if (kind === "role") return all.states.role?.role ?? null;
      if (kind === "last") return lastAnswered();
      if (kind === "sheets") return all.states.role?.seen ?? [];
      if (kind === "seen") return { passed: passedIn(unit) };
      return all.states[keyOf(kind, unit)] ?? null;
    },
    async write(kind, value, unit) {
      if (kind === "role" && value === null) return forgetRole();
      if (kind === "role" || kind === "sheets") return writeState("role", { ...all.states.role, [kind === "role" ? "role" : "seen"]: value });
      if (kind === "seen" && value.passed?.some((id) => !passedIn(unit).includes(id))) return writeState("passed", { questions: value.passed });
      if (WRITTEN.has(kind)) await writeState(keyOf(kind, unit), value);
    },
    entries: async ({ unit, on = undefined }) => (on ? (await get("journal", { notebook, unit, on })).entries : markPassed(structuredClone(entriesOf(unit)), passedIn(unit))),
    firstAnswered: async (places) => earliestOf(places.flatMap(({ unit }) => Object.values(entriesOf(unit)))),
    async append({ unit, version, on }, { id, answer, typed }) {
      const { at } = await answered(post("journal", { notebook, unit, version, id, answer, ...(typed ? { typed } : {}), ...(on ? { on } : {}) }));
      const line = { id, answer, at, origin: "choice", ...(typed ? { typed } : {}) };
      if (!on) foldLine((all.units[unit] ??= {}), line);
      tell();
      return line;
    },
    remarks: async () => Object.fromEntries(all.remarks.map((remark) => [remark.question, remark])),
    async remark(question, text, _at, { unit, version, on }) {
      const { at } = await post("remarks", { notebook, unit, version, id: question, text, ...(on ? { on } : {}) });
      all.remarks = [...all.remarks.filter((remark) => remark.question !== question), { question, text, at }];
      tell();
    },
    unsent: ({ unit, version }) => ({ store: `${all.person.code ?? "khach"}/${unit}/${version}` }),
    covers: () => false,
    // Reads again what others have written since.
    async refresh() {
      all = await get("journal/all", { notebook });
    },
  };
  return journal;
}
