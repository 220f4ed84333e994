// A person's answers as a file to move to another device: written here, read in line by line.
import { LASTING } from "../lasting.js";
import { OFFICE_KEY } from "../stores.js";
import { latestRemarks } from "../person.js";
import { COPIED } from "../second_copy.js";
import { isOwnedKey, isSoundLine, isSoundState, partsOf } from "../stored_shapes.js";

const EXPORT_FORMAT = "buuchinh-hoc-1";
const OF_THE_DEVICE = ["person", LASTING, OFFICE_KEY, COPIED]; // never in a file, nor taken from one

export async function exported(host) {
  const state = (await host.store.states()).filter(([key]) => !OF_THE_DEVICE.includes(key));
  return JSON.stringify({ format: EXPORT_FORMAT, course: host.course.title, person: host.person ?? "", lines: await host.store.all(), state });
}

// Returns the usable contents of a file: {course, person, lines, state}; `skipped` counts the rest. Throws if it is no such
// file.
export function readSaved(text) {
  const data = JSON.parse(text);
  if (data?.format !== EXPORT_FORMAT || !Array.isArray(data.lines)) throw new Error("format");
  const states = Array.isArray(data.state) ? data.state.filter((pair) => !Array.isArray(pair) || !OF_THE_DEVICE.includes(pair[0])) : [];
  const lines = data.lines.filter((line) => partsOf(line?.place) && isSoundLine(line.line));
  const state = states.filter((pair) => Array.isArray(pair) && pair.length === 2 && isOwnedKey(pair[0]) && isSoundState(...pair));
  const person = isSoundState("person", data.person) ? data.person : "";
  return { course: data.course, person, lines, state, skipped: data.lines.length - lines.length + states.length - state.length };
}

// Adds the lines and states that are missing here; never overwrites one. Returns how many questions got an answer by it.
export async function imported(host, { lines, state }) {
  const known = new Set();
  const here = new Map(); // by place and question: the line that counts
  for (const { place, line } of await host.store.all()) {
    known.add(JSON.stringify({ place, line }));
    if (isSoundLine(line)) here.set(JSON.stringify([place, line.id]), { place, line });
  }
  const came = new Map();
  for (const { place, line } of lines) {
    const whole = JSON.stringify({ place, line });
    if (known.has(whole)) continue;
    known.add(whole);
    await host.store.append(place, line);
    came.set(JSON.stringify([place, line.id]), line);
  }
  // The later answer counts, and lines are read in their order: an answer given here since is appended once more.
  for (const [question, line] of came) {
    const own = here.get(question);
    if (own && Date.parse(own.line.at) > Date.parse(line.at)) await host.store.append(own.place, own.line);
  }
  for (const [key, value] of state) {
    const existing = await host.store.get(key);
    if (existing === undefined) await host.store.set(key, value);
    else if (key.startsWith("remarks ")) await host.store.set(key, latestRemarks(value, existing));
  }
  return came.size;
}
