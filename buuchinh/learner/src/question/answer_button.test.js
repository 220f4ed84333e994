import assert from "node:assert/strict";
import { test } from "node:test";
import { answerButton } from "./answer_button.js";

class Drawn {
  hidden = false;
  textContent = "";
  setAttribute(name) {
    if (name === "hidden") this.hidden = true;
  }
  removeAttribute() {}
  addEventListener() {}
  append() {}
}

test("a button that never had a word, as in a finished story that is opened again, is not there", (context) => {
  globalThis.document = /** @type {any} */ ({ createElement: () => new Drawn() });
  context.after(() => delete globalThis.document);
  const blue = answerButton(() => assert.fail("there is nothing to press"));
  blue.say(null);
  assert.deepEqual([blue.element.hidden, blue.act()], [true, false]);
  blue.say("Quyết định");
  assert.deepEqual([blue.element.hidden, blue.element.textContent], [false, "Quyết định"]);
  blue.say(null);
  assert.equal(blue.element.hidden, true);
});
