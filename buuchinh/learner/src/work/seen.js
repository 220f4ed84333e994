// The parts of a unit that a person has looked at, and whether the end of its main part was one of them.

// Records a part as looked at. Parts are numbered as in this version. `drilled(place)`: whether a series of pictures was
// finished there; `opened`: whether the opening case of the lesson was guessed at.
/** @param {Host} host */
export async function lookedAt(host, page, now, end) {
  const before = await host.journal.read("seen", page.id);
  const parts = before?.version === page.version ? before.parts : [];
  if (!parts.includes(now)) parts.push(now);
  host.journal.write("seen", { ...before, version: page.version, parts, end: end || before?.end === true }, page.id).catch(() => {});
  const { series = {} } = (await host.journal.read("drill")) ?? {};
  const drilled = (place) => Object.keys(series).some((name) => name.startsWith(`${place}-`) && series[name].ended !== undefined);
  return { parts, drilled, opened: before?.opened === true };
}

// Records that the opening case of a lesson was guessed at.
/** @param {Host} host */
export async function openedCase(host, page) {
  const seen = await host.journal.read("seen", page.id);
  await host.journal.write("seen", { version: page.version, parts: [], end: false, ...seen, opened: true }, page.id);
}

// Returns the day on which the main part was finished; it stays, whatever is answered again. `day`: used if none is saved.
/** @param {Host} host */
export async function finishedOn(host, page, day) {
  const seen = await host.journal.read("seen", page.id);
  if (seen?.day) return seen.day;
  if (seen) host.journal.write("seen", { ...seen, day }, page.id).catch(() => {});
  return day;
}
