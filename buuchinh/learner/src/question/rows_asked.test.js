import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsAsked } from "./rows_asked.js";

class Drawn {
  text = "";
  setAttribute() {}
  addEventListener() {}
  append(text) {
    this.text = text;
  }
}

const type = { openRows: (_, given) => 3 - given.length };
const words = /** @type {any} */ ({ rows_asked: "còn {count}" });

test("empty rows are asked for once, a double click checks nothing, and the next press does", (context) => {
  globalThis.document = /** @type {any} */ ({ createElement: () => new Drawn() });
  context.after(() => delete globalThis.document);
  context.mock.timers.enable({ apis: ["Date"], now: 1000 });
  const asked = rowsAsked(/** @type {any} */ ({}), type, words);
  assert.equal(asked(["a", "b", "c"]), null, "a whole answer is asked for nothing");
  assert.equal(/** @type {any} */ (asked(["a"])).text, "còn 2");
  assert.ok(asked(["a"]), "the second press of a double click");
  context.mock.timers.tick(700);
  assert.equal(asked(["a", "b"]), null, "once");
});
