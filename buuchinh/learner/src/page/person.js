// The person at the page, in every window of this browser; a guest's work, and how it becomes somebody's.
import { moveDrafts } from "./drafts.js";
import { placeOf } from "./store.js";
import { partsOf } from "./stored_shapes.js";

const KINDS = ["role", "last", "seen", "drill", "follow", "order"];
const CHOSEN = ["role", "last"]; // states that only say how far one is: the next guest starts without them

// Returns the work done without a code: its places, how many questions, in which units; `asks` if it may be another person's.
export async function guestWork(host, code) {
  const places = new Set();
  const questions = new Set();
  const units = new Set();
  const own = new Set();
  for (const { place, line } of await host.store.all()) {
    const [person, unit] = partsOf(place) ?? [];
    if (person === code) own.add(unit);
    if (person !== "") continue;
    places.add(place);
    questions.add(JSON.stringify([place, line?.id]));
    units.add(unit);
  }
  const others = host.person !== null && host.person !== code;
  return { places: [...places], count: questions.size, units: [...units], asks: places.size > 0 && (others || [...units].some((unit) => own.has(unit))) };
}

// Moves a guest's work to this code. Lines keep their order, so that the later answer counts; the code's own role, days of
// follow-up and ended short tests stay. The next guest finds nothing of it.
export async function takeOver(host, code) {
  const { places } = await guestWork(host, code);
  for (const place of places) {
    const [, unit, version] = partsOf(place);
    const own = placeOf(code, unit, version);
    await host.store.move(place, own);
    moveDrafts(host, place, own);
  }
  for (const [key] of await host.store.states()) {
    const [kind, owner, unit] = key.split(" ");
    const value = owner === "" ? await host.store.get(key) : null;
    if (value === null || value === undefined) continue;
    const ownKey = [kind, code, unit].filter((part) => part !== undefined).join(" ");
    const existing = await host.store.get(ownKey);
    const taken = KINDS.includes(kind) && existing === undefined;
    if (taken) await host.store.set(ownKey, value);
    if (kind === "remarks") await host.store.set(ownKey, latestRemarks(value, existing));
    if (kind === "finished" && !existing) await host.store.set(ownKey, { ...value, code });
    if (taken || kind === "remarks" || CHOSEN.includes(kind) || (kind === "finished" && !existing)) await host.store.set(key, null);
  }
}

// Returns the latest remark on each question.
export function latestRemarks(first, second) {
  const remarks = { ...first };
  for (const [question, remark] of Object.entries(second ?? {})) {
    if (!remarks[question] || Date.parse(remark.at) >= Date.parse(remarks[question].at)) remarks[question] = remark;
  }
  return remarks;
}

// Makes this code the person at the page; `taken`: a guest's work becomes the code's own.
export async function become(host, code, taken) {
  await host.settled();
  if (taken) await takeOver(host, code);
  host.person = code;
  await host.store.set("person", code);
  host.tell({ who: code, taken });
}

// Takes over the person from another window. Text typed here is saved first, for the person who typed it.
export async function followPerson(host, code, taken) {
  if (host.person === code) return;
  await host.settled();
  const wasGuest = host.person === null;
  host.person = code;
  if (wasGuest && taken) await takeOver(host, code);
  await host.open();
  host.announce(host.say("who_elsewhere", { code }));
}

// Leaves nobody at the page: answers stay under their code, the next person begins as a guest.
export async function leave(host) {
  await host.settled();
  await host.store.set("person", null);
  host.tell({ left: true });
  await startAsGuest(host);
}

// Starts over for another person, who sits down here or has at another window.
export async function startAsGuest(host) {
  await host.settled();
  host.person = null;
  await host.open();
  host.announce(host.say("left"));
}
