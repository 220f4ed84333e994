// Answers changed since a hand-in was packed: its file is older than they are.

// Returns the ids of the entries written after the hand-in. handed: {at}.
/** @type {(handed: { at: string }, entries: Record<string, { at: string }>) => string[]} */
export function changedSince(handed, entries) {
  return Object.keys(entries).filter((id) => Date.parse(entries[id].at) > Date.parse(handed.at));
}

// Tells whether there are any, in the version that was packed. A notebook's hand-in has them itself (`later`: numbers).
/** @param {Host} host */
export async function isOutdated(host, unit, handed) {
  if (handed.later) return handed.later.length > 0;
  const version = handed.receipt?.version ?? host.course.units[unit].version;
  return changedSince(handed, await host.journal.entries({ unit, version })).length > 0;
}
