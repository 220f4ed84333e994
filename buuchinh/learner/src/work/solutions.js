// Solutions that a person opened on this device: stored as they came, beside the answers and never among them.
import { MOST, readSolutions } from "../logic/solutions.js";
import { standingOf } from "./standing.js";

// Takes over a file of solutions for the person who is here; resolves to its unit. A file that cannot be used rejects with a
// sentence for people, and changes nothing.
/** @param {Host} host @param {Blob} file */
export async function takeSolutions(host, file) {
  if (file.size > MOST) throw new Error(host.say("solutions_large"));
  const text = await file.text();
  const solutions = readSolutions(text);
  if (!solutions) throw new Error(host.say("solutions_bad"));
  const { unit } = solutions;
  if (!host.course.exercises.some(({ id }) => id === unit)) throw new Error(host.say("solutions_other", { unit }));
  const { version } = host.kind === "notebook" ? await host.loaded(unit) : await standingOf(host, unit);
  if (!(version in solutions.versions)) throw new Error(host.say("solutions_version", { version, title: host.titleOf(unit) }));
  await host.settled();
  await host.solutions.write(unit, text);
  return unit;
}

// Returns the solutions that this person has opened for a page, null if there are none for its version.
/** @param {Host} host */
export async function solutionsOf(host, page) {
  if (page.kind !== "exercise" || !host.person) return null;
  const text = await host.solutions.read(page.id);
  const solutions = text ? readSolutions(text) : null;
  return solutions?.unit === page.id && page.version in solutions.versions ? solutions : null;
}
