import assert from "node:assert/strict";
import { test } from "node:test";
import { requestAnswer } from "./asked_once.js";

class Drawn {
  textContent = "";
  setAttribute() {}
  addEventListener() {}
  append() {}
  scrollIntoView() {}
}

const host = { person: null, say: (name) => name };

test("an empty question is asked for once, a double click does not pass it by, and the next press does", (context) => {
  globalThis.document = /** @type {any} */ ({ createElement: () => new Drawn() });
  context.after(() => delete globalThis.document);
  context.mock.timers.enable({ apis: ["Date"], now: 1000 });
  const asking = requestAnswer(host, "l05-q01");
  assert.deepEqual([asking.told(), asking.holds(true), asking.told(), asking.line.textContent], [false, true, true, "unanswered"]);
  assert.equal(asking.holds(true), true, "the second press of a double click");
  context.mock.timers.tick(700);
  assert.equal(asking.holds(true), false);
  assert.equal(requestAnswer(host, "l05-q01").holds(true), false, "who comes back is not asked again");
  assert.equal(requestAnswer({ ...host, person: "GL-0123-Q" }, "l05-q01").holds(true), true, "somebody else is");
});

test("what is answered, what is extra and what was pointed at is not asked for", (context) => {
  globalThis.document = /** @type {any} */ ({ createElement: () => new Drawn() });
  context.after(() => delete globalThis.document);
  assert.equal(requestAnswer(host, "l05-q02").holds(false), false);
  assert.equal(requestAnswer(host, null).holds(true), false);
  const pointed = requestAnswer(host, "l05-q03");
  pointed.over();
  assert.deepEqual([pointed.holds(true), pointed.told()], [false, false]);
});
