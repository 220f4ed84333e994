import assert from "node:assert/strict";
import { test } from "node:test";
import { dueOf, nextOf, resumeOf, roleOf, stepsOf, toSend } from "./path.js";
import { forgetSent, tellSent } from "./sent.js";

const DONE = { q1: "x", q2: "x" };
const lesson = (id) => ({ id, version: "1.0.0", core: ["q1", "q2"], extra: [] });
const UNITS = { l05: lesson("l05"), l03: lesson("l03"), bt05: { id: "bt05", version: "1.0.0", total: 2 }, kt2: { id: "kt2", version: "2.0.0", total: 2 } };
const CARD = { unit: "the-khan-cap", title: "Thẻ", sheet: "the.html" };
const PATH = ["the-khan-cap", "l05", "bt05", "l03", "kt2"];

// answers: {unit: {id: answer}}; states: by "kind" or "kind unit".
function hostWith({ answers = {}, states = {}, units = UNITS } = {}) {
  return {
    course: { units, lessons: [UNITS.l05, UNITS.l03], tests: [UNITS.kt2], sheets: [CARD], roles: [{ id: "clerk", path: PATH }] },
    loaded: async () => ({ version: "1.0.0", kind: "lesson", screens: [] }),
    journal: {
      read: async (kind, unit) => states[unit ? `${kind} ${unit}` : kind] ?? (kind === "sheets" ? [] : null),
      entries: async ({ unit }) => Object.fromEntries(Object.entries(answers[unit] ?? {}).map(([id, answer]) => [id, { answer }])),
    },
  };
}

test("without a role the lessons are the way, with one its path, of a bundle of a few units those", async () => {
  const host = hostWith({ states: { role: "clerk" } });
  assert.deepEqual(stepsOf(host, await roleOf(host)), PATH);
  assert.deepEqual(stepsOf(host, await roleOf(hostWith({ states: { role: "king" } }))), ["l05", "l03"]);
  assert.deepEqual(stepsOf({ course: { lessons: [], units: { bt06: {} } } }, null), ["bt06"]);
});

test("the next step is the first that is not done: a sheet is done when it was opened, a lesson when its main part is answered", async () => {
  assert.equal(await nextOf(hostWith(), PATH), "the-khan-cap");
  const opened = { sheets: ["the-khan-cap"] };
  assert.equal(await nextOf(hostWith({ states: opened }), PATH), "l05");
  assert.equal(await nextOf(hostWith({ states: opened, answers: { l05: { q1: "x" } } }), PATH), "l05");
  assert.equal(await nextOf(hostWith({ states: opened, answers: { l05: DONE } }), PATH), "bt05");
  assert.equal(await nextOf(hostWith({ states: { ...opened, "submission bt05": { file: "x.zip" } }, answers: { l05: DONE } }), PATH), "l03");
});

test("from a lesson one goes on to its exercise where the path has it, even when something before is open", async () => {
  assert.equal(await nextOf(hostWith(), PATH, "l05"), "bt05");
  assert.equal(await nextOf(hostWith(), PATH, "l03"), "the-khan-cap"); // its exercise is not on this path
  assert.equal(await nextOf(hostWith({ states: { "submission bt05": { file: "x.zip" } } }), PATH, "l05"), "the-khan-cap");
});

test("a short test is done when it was ended, however many of its questions were answered", async () => {
  const end = (version) => ({ "finished kt2": { version } });
  assert.equal(await nextOf(hostWith({ answers: { kt2: DONE } }), ["kt2"]), "kt2");
  assert.equal(await nextOf(hostWith({ states: end("1.0.0"), answers: { kt2: DONE } }), ["kt2"]), "kt2");
  assert.equal(await nextOf(hostWith({ states: end("2.0.0"), answers: { kt2: { q1: "x" } } }), ["kt2"]), null);
});

test("a lesson that was walked to its end holds nobody back while others are untouched, and comes again after them", async () => {
  const walked = { "seen l05": { end: true } };
  assert.equal(await nextOf(hostWith({ states: walked }), ["l05", "l03"]), "l03");
  assert.equal(await nextOf(hostWith({ states: walked, answers: { l03: DONE } }), ["l05", "l03"]), "l05");
});

test("what was begun goes on, the first of the path before what was visited last; what was only looked at leads nobody away", async () => {
  const last = { last: { unit: "l03", at: 2, question: "q2" } };
  assert.deepEqual(await resumeOf(hostWith({ states: last, answers: { l03: { q1: "x" } } }), ["l05", "l03"]), { unit: "l03", at: 2, question: "q2" });
  assert.deepEqual(await resumeOf(hostWith({ states: last, answers: { l03: { q1: "x" }, l05: { q1: "x" } } }), ["l05", "l03"]), { unit: "l05", at: null });
  assert.deepEqual(await resumeOf(hostWith({ states: last }), ["l05", "l03"]), { unit: "l05", at: null });
  assert.deepEqual(await resumeOf(hostWith({ states: last, answers: { l03: DONE } }), ["l05", "l03"]), { unit: "l05", at: null });
  assert.equal(await resumeOf(hostWith({ answers: { l05: DONE, l03: DONE } }), ["l05", "l03"]), null);
});

test("a lesson goes on at the screen where one stopped, past what is answered there, and says what that screen is called", async () => {
  const way = [[1, "Mở đầu", []], [2, "Một", [0]], [3, "Hai", [1]], [5, "Ba", [2, 3]]];
  const units = { l05: { id: "l05", version: "1.0.0", core: ["q1", "q2", "q3", "q4-v1 q4-v2"], extra: [], way } };
  const place = (answers, at) => resumeOf({ ...hostWith({ answers: { l05: answers }, states: at ? { last: { unit: "l05", at } } : {}, units }), loaded: () => assert.fail("the first page waits for no lesson") }, ["l05"]);
  assert.deepEqual(await place({}, 1), { unit: "l05", at: 1, title: "Mở đầu" });
  assert.deepEqual(await place({ q1: "x" }, 2), { unit: "l05", at: 3, title: "Hai" });
  assert.deepEqual(await place({ q1: "x", q3: "x", "q4-v2": "x" }, 5), { unit: "l05", at: 3, title: "Hai" });
  assert.deepEqual(await place({ q1: "x", q2: "x", q3: "x" }, 5), { unit: "l05", at: 5, question: "q4", title: "Ba" });
  assert.deepEqual(await place({ q1: "x" }, 4), { unit: "l05", at: 5, title: "Ba" }, "an extra screen leads on to the next of the way");
  assert.deepEqual(await place({ q2: "x" }), { unit: "l05", at: 2, title: "Một" });
  assert.deepEqual(await place({}), { unit: "l05", at: null });
});

test("what is due is told, the next first, until it is handed in; of a role what its path has", async () => {
  const units = { bt05: { id: "bt05", until: "2026-11-20T23:59:59+07:00" }, bt01: { id: "bt01", until: "2026-11-18T23:59:59+07:00" }, l05: { id: "l05", until: null } };
  const now = Date.parse("2026-11-19T09:00:00+07:00");
  const due = async (role, states) => (await dueOf(hostWith({ units, states }), role, now)).map(({ unit, late }) => [unit.id, late]);
  assert.deepEqual(await due(null), [["bt01", true], ["bt05", false]]);
  assert.deepEqual(await due({ path: PATH }), [["bt05", false]]);
  assert.deepEqual(await due({ path: PATH }, { "submission bt05": { file: "x.zip" } }), []);
});

test("one goes on at the first open question behind the last answer, whatever variant was asked", async () => {
  const page = {
    version: "1.0.0",
    kind: "lesson",
    screens: [{ parts: [{ ask: "q2" }, { ask: "q1" }] }, { parts: [{ ask: "q3" }] }],
    questions: { q1: [{ id: "q1" }], q2: [{ id: "q2-v1" }, { id: "q2-v2" }], q3: [{ id: "q3" }] },
  };
  const units = { l05: { id: "l05", version: "1.0.0", core: ["q1", "q2-v1 q2-v2", "q3"], extra: [] } };
  const host = (answers, question) => ({ ...hostWith({ answers: { l05: answers }, states: { last: { unit: "l05", at: 1, question } }, units }), loaded: async () => page });
  assert.equal((await resumeOf(host({ "q2-v2": "x" }, "q2-v2"), ["l05"])).question, "q1");
  assert.equal((await resumeOf(host({ q1: "x", q3: "x" }, "q3"), ["l05"])).question, "q2");
});

test("what is packed before its deadline is to be sent until its person says that it was", async () => {
  const until = "2026-12-05T17:00:00+07:00";
  const host = hostWith({ units: { ...UNITS, bt05: { ...UNITS.bt05, until } }, states: { "submission bt05": { file: "x.zip" } } });
  const before = Date.parse(until) - 1;
  const names = async (at) => (await toSend(host, null, at)).map(({ unit }) => unit.id);
  assert.deepEqual(await dueOf(host, null, before), []);
  assert.deepEqual(await names(before), ["bt05"]);
  assert.deepEqual(await names(Date.parse(until) + 1), []);
  tellSent("x.zip", true);
  assert.deepEqual(await names(before), []);
  forgetSent();
});

test("who changed an answer behind the hand-in is told to send again, whether or not it was sent", async () => {
  const until = "2026-12-05T17:00:00+07:00";
  const packed = { at: "2026-12-01T08:00:00+07:00", file: "y.zip", receipt: { version: "1.0.0" } };
  const host = hostWith({ units: { ...UNITS, bt05: { ...UNITS.bt05, until } }, states: { "submission bt05": packed } });
  let at = packed.at;
  host.journal.entries = async () => ({ q1: { answer: "x", at } });
  const unitsToSend = async (now = Date.parse(until) - 1) => (await toSend(host, null, now)).map(({ unit, changed }) => [unit.id, changed]);
  assert.deepEqual(await unitsToSend(), [["bt05", false]]);
  tellSent("y.zip", true);
  assert.deepEqual(await unitsToSend(), []);
  at = "2026-12-01T09:00:00+07:00";
  assert.deepEqual(await unitsToSend(), [["bt05", true]]);
  assert.deepEqual(await unitsToSend(Date.parse(until) + 1), []);
  forgetSent();
  assert.deepEqual(await unitsToSend(), [["bt05", true]]);
});
