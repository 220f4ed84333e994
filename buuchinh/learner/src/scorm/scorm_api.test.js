import assert from "node:assert/strict";
import { test } from "node:test";
import { findApi, openSession, timeSpent } from "./scorm_api.js";

// An LMS as one page would have it: what it was told, and what it says to each call.
function lms({ initialize = "true", status = "not attempted", mode = "normal", set = () => "true", commit = () => "true" } = {}) {
  const store = {};
  const calls = [];
  return {
    told: store,
    calls,
    LMSInitialize: () => initialize,
    LMSGetValue: (name) => (initialize === "true" ? ({ "cmi.core.lesson_status": status, "cmi.core.lesson_mode": mode }[name] ?? "") : ""),
    LMSSetValue(name, value) {
      calls.push(name);
      const done = set(name, value);
      if (done === "true") store[name] = value;
      return done;
    },
    LMSCommit: () => {
      calls.push("commit");
      return commit();
    },
    LMSFinish: () => {
      calls.push("finish");
      return "true";
    },
  };
}
const COUNTS = { counts: ["cmi.suspend_data"] };

test("the interface is found above, above the opener, and not behind strangers", () => {
  const api = lms();
  const top = { API: api };
  top.parent = top;
  const inner = { parent: { parent: top } };
  assert.equal(findApi(inner), api);
  const alone = {};
  alone.parent = alone;
  assert.equal(findApi({ parent: alone, opener: inner }), api);
  const stranger = { get API() { throw new Error("cross-origin"); }, get parent() { throw new Error("cross-origin"); } };
  assert.equal(findApi({ parent: stranger }), null);
  const round = {};
  round.parent = { parent: round, API: {} };
  assert.equal(findApi(round), null);
});

test("nothing is said twice, and each answer is committed with the time spent", () => {
  const api = lms();
  let clock = 0;
  const session = openSession(api, { now: () => clock });
  clock = 65000;
  assert.equal(session.save({ "cmi.suspend_data": "a" }, COUNTS), true);
  assert.equal(session.save({ "cmi.suspend_data": "a" }, COUNTS), true);
  assert.deepEqual(api.calls, ["cmi.suspend_data", "cmi.core.session_time", "cmi.core.exit", "commit", "commit"]);
  assert.equal(api.told["cmi.core.session_time"], "0000:01:05.00");
  assert.equal(timeSpent(3600 * 1000 * 20000), "9999:00:00.00");
});

test("an LMS that refuses, throws, is looked at only or is not there takes nothing, and nothing breaks", () => {
  for (const [api, state] of [[null, "absent"], [lms({ initialize: "false" }), "refused"], [{ LMSInitialize() { throw new Error(); } }, "refused"], [lms({ mode: "review" }), "looking"]]) {
    const session = openSession(api);
    assert.equal(session.state(), state);
    assert.equal(session.save({ "cmi.suspend_data": "a" }, COUNTS), false);
    session.finish();
    assert.equal(session.state(), state);
  }
});

test("one that dies is asked again and told all, and an optional value that it does not know is no fault", () => {
  let alive = true;
  const api = lms({ commit: () => String(alive), set: (name) => String(alive && name !== "cmi.core.score.min") });
  const events = [];
  const session = openSession(api, { changed: (state) => events.push(state) });
  const values = { "cmi.suspend_data": "a", "cmi.core.score.min": "0" };
  assert.equal(session.save(values, COUNTS), true);
  alive = false;
  assert.equal(session.save({ ...values, "cmi.suspend_data": "b" }, COUNTS), false);
  alive = true;
  api.calls.length = 0;
  assert.equal(session.save({ ...values, "cmi.suspend_data": "b" }, COUNTS), true);
  assert.deepEqual(events, ["lost", "open"]);
  assert.equal(api.told["cmi.suspend_data"], "b");
});

test("the session ends once", () => {
  const api = lms();
  const session = openSession(api);
  session.finish();
  session.finish();
  assert.equal(session.save({ "cmi.suspend_data": "late" }, COUNTS), false);
  assert.deepEqual(api.calls.filter((name) => name === "finish"), ["finish"]);
});

test("what could not be read is written over by nothing", () => {
  const throwing = { ...lms(), LMSGetValue: () => { throw new Error("gone"); } };
  const failing = { ...lms(), LMSGetLastError: () => "101" };
  for (const api of [throwing, failing]) {
    const session = openSession(api);
    assert.equal(session.state(), "refused");
    assert.equal(session.save({ "cmi.suspend_data": "a" }, COUNTS), false);
    session.finish();
    assert.deepEqual(api.calls, ["finish"]);
  }
});
