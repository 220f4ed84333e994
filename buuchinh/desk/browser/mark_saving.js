// Send marks to the gradebook: one save a person at a time, the newest last, again after a while where it was not reached.

const AGAIN = 3000; // milliseconds

/** Return what the page saw last of a person's mark, as the gradebook is told. */
export function seenOf(one) {
  return one.seen ?? { points: one.points, comment: one.comment ?? "", fingerprint: one.fingerprint };
}

/** Return the function that saves a person's draft; `address` is where marks are put, `acts` hear how it went. */
export function saver(address, acts) {
  return async function save(one) {
    clearTimeout(one.timer);
    one.timer = null;
    if (one.saving) {
      one.waits = true;
      return;
    }
    one.saving = true;
    const sent = one.draft;
    const [status, reply] = await put(`${address}/${one.id}`, { ...sent, half: Boolean(one.half), seen: seenOf(one) });
    one.saving = false;
    const waits = one.waits;
    one.waits = false;
    if (status === 200) {
      acts.stored(one, sent, reply);
      if (waits) await save(one);
    } else if (status === 422) {
      acts.refused(one, reply);
      if (waits) await save(one);
    } else if (status === 409) acts.conflict(one, reply);
    else if (status === 401 || status === 403) acts.signedOut();
    else {
      acts.later(reply.sentence);
      one.timer = setTimeout(() => save(one), AGAIN);
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
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? "";
}
