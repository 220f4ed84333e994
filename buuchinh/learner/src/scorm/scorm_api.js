// The run-time interface of SCORM 1.2: finds it, and talks to it without ever throwing. An LMS may refuse, be gone from the start,
// or stop answering while one learns.

const MOST_WINDOWS = 20; // frames in frames, in which an LMS may put a lesson
const YES = ["true", "1"];
const LOOKING = ["browse", "review"]; // modes in which an LMS takes no results
const FAILED = ["101", "301"]; // errors with which an LMS says that it could not read at all

// Returns the object "API" of the nearest frame above this window, or above the window that opened it; null if there is none.
export function findApi(start) {
  return above(start) ?? above(readSafely(() => start.opener)) ?? above(readSafely(() => start.top.opener));
}

function above(start) {
  let frame = start;
  for (let n = 0; frame && n < MOST_WINDOWS; n++) {
    const candidate = frame;
    const api = readSafely(() => (candidate.API && "LMSInitialize" in candidate.API ? candidate.API : null));
    if (api) return api;
    const parent = readSafely(() => candidate.parent);
    frame = parent === candidate ? null : parent;
  }
  return null;
}

// Returns what a function reads from another window, null if that window belongs to strangers or is gone.
function readSafely(read) {
  try {
    return read() ?? null;
  } catch {
    return null;
  }
}

// Formats milliseconds as SCORM 1.2 counts time: "0001:05:09.00".
export function timeSpent(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const two = (value) => String(value).padStart(2, "0");
  return `${String(Math.min(9999, Math.floor(seconds / 3600))).padStart(4, "0")}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.00`;
}

// Opens a session. `state` is "open", or why nothing is recorded: "absent" (no LMS), "refused", "looking" (a mode without results),
// "lost" (what was said last was not taken); `changed` hears of a new one.
export function openSession(api, { now = Date.now, changed = (_state) => {} } = {}) {
  const began = now();
  const taken = new Map(); // what the LMS has, so that nothing is said twice
  let over = false;
  let state = "absent";

  const call = (name, ...values) => {
    const answer = readSafely(() => api[name](...values));
    return answer === null ? null : String(answer);
  };
  const get = (name) => call("LMSGetValue", name) ?? "";

  function put(name, value) {
    if (taken.get(name) === value) return true;
    const done = YES.includes(call("LMSSetValue", name, value));
    if (done) taken.set(name, value);
    return done;
  }

  function become(next) {
    if (state === next) return;
    state = next;
    logRefusal();
    changed(state);
  }

  // Notes for whoever runs the LMS what it says of its refusal.
  function logRefusal() {
    if (state === "refused" || state === "lost") console.warn(`SCORM: ${state}, LMSGetLastError ${call("LMSGetLastError")}`);
  }

  function commit() {
    put("cmi.core.session_time", timeSpent(now() - began));
    put("cmi.core.exit", "suspend");
    return YES.includes(call("LMSCommit", ""));
  }

  // Tells whether what was recorded before can be read: else it would be taken for nothing, and written over.
  function readable() {
    const data = call("LMSGetValue", "cmi.suspend_data");
    return data !== null && (data !== "" || !FAILED.includes(call("LMSGetLastError") ?? ""));
  }

  const begun = Boolean(api) && (YES.includes(call("LMSInitialize", "")) || get("cmi.core.lesson_status") !== ""); // or it is open already
  if (api) {
    state = !begun || !readable() ? "refused" : LOOKING.includes(get("cmi.core.lesson_mode")) ? "looking" : "open";
    logRefusal();
  }
  const writes = () => !over && (state === "open" || state === "lost");

  return {
    state: () => state,
    get: (name) => (state === "absent" || state === "refused" ? "" : get(name)),
    has: (name) => taken.has(name),
    // Hands over values by name; all that count must be taken, the others are asked of the LMS in vain if it does not know them.
    // `soon`: leaves the commit to a later call. Returns whether the LMS has them.
    save(values, { counts, soon = false }) {
      if (!writes()) return false;
      const refused = Object.entries(values).filter(([name, value]) => !put(name, value));
      const done = !refused.some(([name]) => counts.includes(name)) && (soon || commit());
      if (!done) taken.clear(); // says all of it again
      if (!soon || !done) become(done ? "open" : "lost");
      return done;
    },
    finish() {
      if (over || !begun) return;
      if (writes()) commit();
      over = true;
      call("LMSFinish", "");
    },
  };
}
