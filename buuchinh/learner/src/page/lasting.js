// Browsers drop what pages keep when they want room, unless they were asked not to: asked once, after the first answer.

export const LASTING = "lasting"; // of the device: whether the browser said yes

export async function askToLast(journal) {
  if (!journal.kept || !navigator.storage?.persist || (await journal.get(LASTING)) !== undefined) return;
  await journal.set(LASTING, await navigator.storage.persist());
}

// Whether the browser was asked, and promised nothing.
export async function mayBeDropped(journal) {
  return (await journal.get(LASTING)) === false && !(await navigator.storage.persisted());
}
