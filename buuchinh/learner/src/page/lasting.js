// Persistent storage: browsers drop stored data when they want room, unless they were asked not to. They are asked once, after
// the first answer.

export const LASTING = "lasting"; // a state of the device: whether the browser agreed

export async function askToLast(journal) {
  if (!journal.kept || !navigator.storage?.persist || (await journal.get(LASTING)) !== undefined) return;
  await journal.set(LASTING, await navigator.storage.persist());
}

// Tells whether the browser was asked and did not agree.
export async function mayBeDropped(journal) {
  return (await journal.get(LASTING)) === false && !(await navigator.storage.persisted());
}
