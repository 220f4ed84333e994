// The record of one unit in an LMS: answers and the place in the unit, read when it is opened and handed over at each answer.
import { entriesOf, foldLine } from "../logic/answer_entries.js";
import { inMemory } from "../page/stores.js";
import { placeOf, soundly, unitPlaces } from "../page/store.js";
import { practiceReport } from "./practice_report.js";
import { notWhole, packed, unpacked } from "./suspend_data.js";

const DATA = "cmi.suspend_data";
const PLACE = "cmi.core.lesson_location";
const STATUS = "cmi.core.lesson_status";
const COUNTS = [DATA]; // an LMS may lack all that is optional but this
const FINISHED = ["completed", "passed", "failed"]; // which an LMS may say by itself
const JUDGED = ["passed", "failed"]; // by a score that is not ours, and which ours does not replace

// Opens the record. Returns a store in the window's memory (page/store.js), of which `kept` says whether the LMS has it too, and
// `handOver`, which says all of it; `changed` hears of each answer.
export function openRecord(session, page, on, changed = () => {}) {
  const questions = Object.fromEntries(Object.values(page.questions).flatMap((made) => made.map((question) => [question.id, question])));
  const known = { unit: page.id, version: page.version, questions };
  const { lines, seen, foreign } = unpacked(session.get(DATA), known);
  const entries = entriesOf(lines);
  const memory = inMemory();
  const seenKey = `seen  ${page.id}`;
  const placed = session.get(PLACE);
  let seenNow = seen;
  let place = placed === page.id || placed.startsWith(`${page.id}/`) ? placed : "";
  const status = session.get(STATUS);
  let ours = !foreign; // what we cannot read stays as it is until something is answered
  let checker = null;

  lines.forEach((line) => memory.append(placeOf("", page.id, page.version), line));
  if (seen) memory.set(seenKey, seen);

  // Returns what the LMS is told now. The score waits for the first answer; a status that says "finished" is never taken back.
  function values() {
    const data = { [DATA]: packed({ ...known, entries, seen: seenNow }), ...(place ? { [PLACE]: place } : {}) };
    const report = checker ? practiceReport(page, entries, checker, on) : null;
    if (report && report.share !== null && !JUDGED.includes(status)) Object.assign(data, { "cmi.core.score.min": "0", "cmi.core.score.max": "100", "cmi.core.score.raw": String(report.share) });
    if (!FINISHED.includes(status)) data[STATUS] = report?.done ? "completed" : "incomplete";
    return data;
  }
  const handOver = (soon = false) => ours && session.save(values(), { counts: COUNTS, soon });

  const store = {
    ...memory,
    get kept() {
      return session.state() === "open";
    },
    append(linePlace, line) {
      const done = memory.append(linePlace, line);
      if (linePlace.startsWith(unitPlaces("", page.id))) foldLine(entries, line);
      ours = true;
      handOver();
      changed();
      return done;
    },
    set(key, value) {
      const done = memory.set(key, value);
      if (key === seenKey) {
        seenNow = value;
        handOver(true);
      }
      return done;
    },
  };

  return {
    store: soundly(store),
    handOver,
    place: () => place,
    notWhole: () => notWhole({ ...known, entries }),
    // Takes a line that another window has handed over, so that this one does not write over it.
    takeOver(linePlace, line) {
      if (!linePlace.startsWith(unitPlaces("", page.id))) return;
      memory.append(linePlace, line);
      foldLine(entries, line);
      ours = true;
      changed();
    },
    report: () => (checker ? practiceReport(page, entries, checker, on) : null),
    // Notes the address of the step that is shown: "l05/8/2".
    at(address) {
      if (address !== page.id && !address.startsWith(`${page.id}/`)) return;
      place = address.slice(0, 255);
      handOver(true);
    },
    // Scores from now on, with what has come with the questions' script.
    scoreWith(scorer) {
      checker = scorer;
      handOver(true);
    },
  };
}
