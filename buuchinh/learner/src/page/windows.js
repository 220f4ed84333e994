// Messages between the windows of one browser: answers saved, changes of person, erasure.
import { followPerson, startAsGuest } from "./person.js";

export function listen(host) {
  if (host.channel) host.channel.onmessage = ({ data }) => receive(host, data);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && lookWho(host));
}

function receive(host, { place, line, who, taken, erased, left: gone }) {
  if (who) followPerson(host, who, taken);
  if (erased) erasedElsewhere(host);
  if (gone) startAsGuest(host);
  if (!line || !host.work?.heard(place, line)) return;
  host.shown.get(line.id)?.show(line.answer);
  host.announce(host.say("newer_elsewhere"));
}

// Takes over changes that other windows made while this one slept.
async function lookWho(host) {
  const stored = (await host.store.get("person")) ?? null;
  if (stored === host.person) return;
  if (stored) await followPerson(host, stored, false);
  else if ((await host.store.all()).length) await startAsGuest(host);
  else await erasedElsewhere(host);
}

// Starts over after an erasure; unsaved answers of this window belong to the erased work and are discarded.
async function erasedElsewhere(host) {
  host.shown.forEach((handle) => handle.dispose(true));
  host.shown.clear();
  host.person = null;
  await host.open();
  host.announce(host.say("erased_elsewhere"));
}
