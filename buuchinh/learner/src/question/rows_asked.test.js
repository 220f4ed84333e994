import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsToAsk } from "./rows_asked.js";

class Drawn {
  text = "";
  setAttribute() {}
  addEventListener() {}
  append(text) {
    this.text = text;
  }
}

const type = { openRows: (_, answer) => 3 - answer.length };
const words = /** @type {any} */ ({ rows_asked: "còn {count}" });

test("empty rows are asked for once, a double click checks nothing, and the next press does", (context) => {
  globalThis.document = /** @type {any} */ ({ createElement: () => new Drawn() });
  context.after(() => delete globalThis.document);
  context.mock.timers.enable({ apis: ["Date"], now: 1000 });
  const rowsFor = rowsToAsk(/** @type {any} */ ({}), type, words);
  assert.equal(rowsFor(["a", "b", "c"]), null, "a whole answer is asked for nothing");
  assert.equal(/** @type {any} */ (rowsFor(["a"])).text, "còn 2");
  assert.ok(rowsFor(["a"]), "the second press of a double click");
  context.mock.timers.tick(700);
  assert.equal(rowsFor(["a", "b"]), null, "once");
});
