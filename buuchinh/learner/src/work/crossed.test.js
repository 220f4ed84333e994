import assert from "node:assert/strict";
import { test } from "node:test";
import { takeOver } from "../page/person.js";
import { cross, firstByCode, keepOrder, placeOfTest, testAt } from "./crossed.js";
import { nextOf, roleOf } from "./path.js";

const IDS = ["kt1", "kt2"];
const FIRST_CODE = codeThat("kt1");
const OTHER = codeThat("kt2");

// Canonical in shape alone: which test a code begins with asks nothing of its check character.
function codeThat(first) {
  for (let n = 0; ; n += 1) if (firstByCode(`GL-${1000 + n}-Q`, IDS) === first) return `GL-${1000 + n}-Q`;
}

const unit = (id, title) => ({ id, version: "1.1.0", title, why: `${title}?`, total: 10 });

// answers: {kt1: {id: answer}}; states: by "kind" or "kind unit".
function hostWith({ person = null, answers = {}, states = {} } = {}) {
  const course = JSON.parse(JSON.stringify({
    tests: [unit("kt1", "Đầu"), unit("kt2", "Cuối")],
    units: { kt1: unit("kt1", "Đầu"), kt2: unit("kt2", "Cuối") },
    lessons: [], roles: [{ id: "clerk", path: ["kt2"] }],
  }));
  const keyOf = (kind, id) => (id ? `${kind} ${id}` : kind);
  return {
    person, course, states,
    titleOf: (id) => course.units[id].title,
    journal: {
      read: async (kind, id) => states[keyOf(kind, id)] ?? (kind === "role" ? "clerk" : kind === "sheets" ? [] : null),
      write: async (kind, value, id) => { states[keyOf(kind, id)] = value; },
      entries: async ({ unit: id }) => Object.fromEntries(Object.entries(answers[id] ?? {}).map(([name, answer]) => [name, { answer }])),
    },
  };
}

// [what stands before, what stands after, where the path ends]
async function orderOf(host) {
  await cross(host);
  const { path } = await roleOf(host);
  assert.deepEqual([host.titleOf(testAt(host, "kt1")), host.titleOf(testAt(host, "kt2"))], ["Đầu", "Cuối"], "a title belongs to its place");
  assert.deepEqual(IDS.map((id) => placeOfTest(host, testAt(host, id))), ["before", "after"]);
  return [testAt(host, "kt1"), testAt(host, "kt2"), path[0]];
}

test("half of the codes begin with each test, a code always with the same, a guest with the first", () => {
  const codes = [...Array(2000).keys()].map((n) => `GL-${n}-Q`);
  const first = codes.filter((code) => firstByCode(code, IDS) === "kt1").length;
  assert.ok(first > 920 && first < 1080, String(first));
  assert.deepEqual(codes.map((code) => firstByCode(code, IDS)), codes.map((code) => firstByCode(code, IDS)));
  assert.equal(firstByCode(null, IDS), "kt1");
});

test("what these codes began with they begin with for ever", () => {
  assert.deepEqual(["GL-0123-Q", "GL-0124-O", "HV-0001-W", "GL-0131-Q"].map((code) => firstByCode(code, IDS)), ["kt1", "kt2", "kt1", "kt2"]);
});

test("the test that a code begins with stands before, the other at the end of the path", async () => {
  assert.deepEqual(await orderOf(hostWith()), ["kt1", "kt2", "kt2"]);
  assert.deepEqual(await orderOf(hostWith({ person: FIRST_CODE })), ["kt1", "kt2", "kt2"]);
  const host = hostWith({ person: OTHER });
  assert.deepEqual(await orderOf(host), ["kt2", "kt1", "kt1"]);
  assert.deepEqual(await orderOf(host), ["kt2", "kt1", "kt1"], "it is turned once");
  host.person = null; // somebody else sits down
  assert.deepEqual(await orderOf(host), ["kt1", "kt2", "kt2"]);
});

test("whoever ended or began kt1 when everybody had it first gets the other one at the end, whatever his code", async () => {
  const ended = { version: "1.0.1", finished_at: "2026-10-01T09:00:00+07:00", answers: { "kt1-q02": "x" } };
  for (const person of [null, FIRST_CODE, OTHER]) {
    const host = hostWith({ person, states: { "finished kt1": ended } });
    assert.deepEqual(await orderOf(host), ["kt1", "kt2", "kt2"]);
    assert.equal(await nextOf(host, (await roleOf(host)).path), "kt2");
    assert.deepEqual(host.states["finished kt1"], ended, "and nothing of it is lost");
    assert.deepEqual(await orderOf(hostWith({ person, answers: { kt1: { "kt1-q02": "x" } } })), ["kt1", "kt2", "kt2"]);
  }
});

test("the order in which one began stays, and it is kept once", async () => {
  const host = hostWith({ person: OTHER });
  await cross(host);
  await keepOrder(host);
  assert.deepEqual(host.states.order, { first: "kt2" });
  host.states["finished kt2"] = { version: "1.1.0" };
  assert.deepEqual(await orderOf(host), ["kt2", "kt1", "kt1"]);
  assert.equal(await nextOf(host, (await roleOf(host)).path), "kt1");
  host.person = null;
  await cross(host);
  await keepOrder(host);
  assert.deepEqual(host.states.order, { first: "kt2" });
});

test("a guest who gives a code later keeps the order in which he began; a code that has begun keeps its own", async () => {
  const guest = hostWith();
  await cross(guest);
  await keepOrder(guest);
  for (const [own, expected] of [[undefined, "kt1"], [{ first: "kt2" }, "kt2"]]) {
    const states = new Map([["order ", guest.states.order], [`order ${OTHER}`, own]]);
    const store = {
      all: async () => [], states: async () => [...states],
      get: async (key) => states.get(key), set: async (key, value) => states.set(key, value),
    };
    await takeOver({ store, person: OTHER }, OTHER);
    const [before] = await orderOf(hostWith({ person: OTHER, states: { order: states.get(`order ${OTHER}`) } }));
    assert.equal(before, expected);
  }
});

test("a course with one test alone asks it where it stands", async () => {
  const host = hostWith({ person: OTHER });
  host.course.tests = [host.course.tests[1]];
  await cross(host);
  await keepOrder(host);
  assert.equal(testAt(host, "kt2"), "kt2");
  assert.equal(host.states.order, undefined);
});
