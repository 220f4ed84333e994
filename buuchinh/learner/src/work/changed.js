// What was answered anew since a hand-in was packed: its file is older than that.

// The ids of the entries that were written after it. handed: {at}.
/** @type {(handed: { at: string }, entries: Record<string, { at: string }>) => string[]} */
export function changedSince(handed, entries) {
  return Object.keys(entries).filter((id) => Date.parse(entries[id].at) > Date.parse(handed.at));
}

// Whether there are some, in the version that was packed. A notebook's hand-in tells it itself (`later`: numbers).
/** @param {Host} host */
export async function isOutdated(host, unit, handed) {
  if (handed.later) return handed.later.length > 0;
  const version = handed.receipt?.version ?? host.course.units[unit].version;
  return changedSince(handed, await host.journal.entries({ unit, version })).length > 0;
}
