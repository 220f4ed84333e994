// Send marks to the gradebook: one save a person at a time, the newest last, again after a while where it was not reached.

const AGAIN = 3000; // milliseconds

/** Return what the page saw last of a person's mark, as the gradebook is told. */
export function seenOf(person) {
  const lines = person.elsewhere ? null : person.lines; // null: the points come from no lines that the page knows
  return person.seen ?? { points: person.points, comment: person.comment ?? "", fingerprint: person.fingerprint, lines };
}

/** Return the function that saves a person's draft; `address` is where marks are put, `acts` hear how it went. */
export function saver(address, acts) {
  return async function save(person) {
    clearTimeout(person.timer);
    person.timer = null;
    if (person.saving) {
      person.waits = true;
      return;
    }
    person.saving = true;
    const sent = person.draft;
    const [status, reply] = await put(`${address}/${person.id}`, { ...sent, half: Boolean(person.half), seen: seenOf(person) });
    person.saving = false;
    const waits = person.waits;
    person.waits = false;
    if (status === 200) {
      acts.stored(person, sent, reply);
      if (waits) await save(person);
    } else if (status === 422) {
      acts.refused(person, reply);
      if (waits) await save(person);
    } else if (status === 409) acts.conflict(person, reply);
    else if (status === 401 || status === 403) acts.signedOut();
    else {
      acts.later(reply.sentence);
      person.timer = setTimeout(() => save(person), AGAIN);
    }
  };
}

/** Return the status of the answer and what it says; the status is 0 where there was none. */
async function put(address, body) {
  try {
    const response = await fetch(address, {
      method: "PUT",
      keepalive: true,
      headers: { "Content-Type": "application/json", "X-XSRFToken": cookie("_xsrf") },
      body: JSON.stringify(body),
    });
    return [response.status, await response.json().catch(() => ({}))];
  } catch {
    return [0, {}];
  }
}

export function cookie(name) {
  const entry = document.cookie.split("; ").find((text) => text.startsWith(`${name}=`));
  return entry?.slice(name.length + 1) ?? "";
}
