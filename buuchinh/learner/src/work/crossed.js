// The two short tests: which of them a person gets before the course, and which after it. Half of the codes begin with one,
// half with the other, so that learning can be told apart from a harder test. The place where a test is asked has the title;
// the test's questions have the id.
import { isAnswered } from "../logic/answer_entries.js";
import { chosenBy, hmacSha256, utf8 } from "../logic/sha256.js";

const PLACES = ["before", "after"];
const PLACE_FIELDS = ["title", "why"]; // these belong to the place, not to the questions

// Returns the test that a code begins with; a guest begins with the first.
export function firstByCode(code, tests) {
  return code ? tests[chosenBy(hmacSha256(utf8("tests"), utf8(code)), tests.length)] : tests[0];
}

// Puts the tests of the course into this person's order, which is fixed once one of them was begun.
/** @param {Host} host */
export async function cross(host) {
  const ids = host.course.tests.map(({ id }) => id).sort();
  if (ids.length !== 2) return;
  const first = await firstOf(host, ids);
  if (host.course.tests[0].id !== first) turn(host.course);
}

// Returns the test asked where a lesson has `place`: its own, or the other one.
export function testAt({ course }, place) {
  const index = course.tests.map(({ id }) => id).sort().indexOf(place);
  return course.tests[index]?.id ?? place;
}

// Returns "before" or "after".
export function placeOfTest({ course }, id) {
  return PLACES[course.tests.findIndex((test) => test.id === id)];
}

// Saves the order in which this person began, whatever code is given later.
/** @param {Host} host */
export async function keepOrder(host) {
  if (host.course.tests.length !== 2 || (await host.journal.read("order"))) return;
  await host.journal.write("order", { first: host.course.tests[0].id });
}

/** @param {Host} host */
async function firstOf(host, ids) {
  const order = await host.journal.read("order");
  if (ids.includes(order?.first)) return order.first;
  for (const id of ids) if (await isBegun(host, id)) return ids[0]; // begun in a version that asked everybody in this order
  return firstByCode(host.person, ids);
}

/** @param {Host} host */
async function isBegun(host, id) {
  if (await host.journal.read("finished", id)) return true;
  return Object.values(await host.journal.entries({ unit: id, version: host.course.units[id].version })).some(isAnswered);
}

function turn(course) {
  const [first, second] = course.tests;
  const fieldsOf = (test) => Object.fromEntries(PLACE_FIELDS.map((name) => [name, test[name]]));
  const [before, after] = [fieldsOf(first), fieldsOf(second)];
  for (const test of [first, course.units[first.id]]) Object.assign(test, after);
  for (const test of [second, course.units[second.id]]) Object.assign(test, before);
  course.tests = [second, first];
  const turned = { [first.id]: second.id, [second.id]: first.id };
  for (const role of course.roles) role.path = role.path.map((id) => turned[id] ?? id);
}
