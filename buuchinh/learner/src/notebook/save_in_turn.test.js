import assert from "node:assert/strict";
import { test } from "node:test";
import { saveInTurn } from "./save_in_turn.js";

// As JupyterLab's context: a save compares the file with what the one before it left.
function contextWith({ failing = 0 } = {}) {
  let running = 0;
  let saves = 0;
  return {
    conflicts: 0,
    saved: 0,
    async save() {
      saves += 1;
      running += 1;
      if (running > 1) this.conflicts += 1;
      await new Promise((done) => setTimeout(done, 5));
      running -= 1;
      if (saves <= failing) throw new Error("disk");
      this.saved += 1;
    },
  };
}

test("a hand-in pressed while an autosave runs waits for it, and then saves what was typed since", async () => {
  const context = contextWith();
  saveInTurn(context);
  const autosave = context.save();
  await context.save();
  await autosave;
  assert.equal(context.conflicts, 0);
  assert.equal(context.saved, 2);
});

test("a save that failed is told to who asked for it and holds no later one back", async () => {
  const context = contextWith({ failing: 1 });
  saveInTurn(context);
  const first = context.save();
  const second = context.save();
  await assert.rejects(first, /disk/u);
  await second;
  assert.equal(context.saved, 1);
});
