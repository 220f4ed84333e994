// Who is at the page, in every window of this browser; what a guest began, and how it becomes somebody's.
import { moveDrafts } from "./drafts.js";
import { placeOf } from "./journal.js";
import { partsOf } from "./sound.js";

const KINDS = ["role", "last", "seen", "drill", "follow"];

// What was answered without a code: its places, how many questions, in which units; `asks` where it may be another person's.
export async function guestWork(app, code) {
  const places = new Set();
  const questions = new Set();
  const units = new Set();
  const own = new Set();
  for (const { place, line } of await app.journal.all()) {
    const [person, unit] = partsOf(place) ?? [];
    if (person === code) own.add(unit);
    if (person !== "") continue;
    places.add(place);
    questions.add(JSON.stringify([place, line?.id]));
    units.add(unit);
  }
  const others = app.person !== null && app.person !== code;
  return { places: [...places], count: questions.size, units: [...units], asks: places.size > 0 && (others || [...units].some((unit) => own.has(unit))) };
}

// All that a guest left goes to this code. Lines keep their order, so that the later answer counts; what the code has of a
// role, a day of its follow-up, a short test that is over, stays.
export async function takeOver(app, code) {
  const { places } = await guestWork(app, code);
  for (const place of places) {
    const [, unit, version] = partsOf(place);
    const own = placeOf(code, unit, version);
    await app.journal.move(place, own);
    moveDrafts(app, place, own);
  }
  for (const [key] of await app.journal.states()) {
    const [kind, owner, unit] = key.split(" ");
    const value = owner === "" ? await app.journal.get(key) : null;
    if (value === null || value === undefined) continue;
    const mine = [kind, code, unit].filter((part) => part !== undefined).join(" ");
    const there = await app.journal.get(mine);
    if (KINDS.includes(kind) && there === undefined) await app.journal.set(mine, value);
    if (kind === "remarks") await app.journal.set(mine, latestRemarks(value, there));
    if (kind === "finished" && !there) await app.journal.set(mine, { ...value, code });
    if (kind === "remarks" || (kind === "finished" && !there)) await app.journal.set(key, null);
  }
}

// By question what was said last.
export function latestRemarks(some, others) {
  const found = { ...some };
  for (const [question, one] of Object.entries(others ?? {})) {
    if (!found[question] || Date.parse(one.at) >= Date.parse(found[question].at)) found[question] = one;
  }
  return found;
}

// From now on this code is at the page; `taken`: what a guest did has become its own.
export async function become(app, code, taken) {
  await app.settled();
  if (taken) await takeOver(app, code);
  app.person = code;
  await app.journal.set("person", code);
  app.tell({ who: code, taken });
}

// Another window knows better who is at the page. What is typed here still goes to whom it belonged to.
export async function became(app, code, taken) {
  if (app.person === code) return;
  await app.settled();
  const wasGuest = app.person === null;
  app.person = code;
  if (wasGuest && taken) await takeOver(app, code);
  await app.open();
  app.announce(app.say("who_elsewhere", { code }));
}
