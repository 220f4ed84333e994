import assert from "node:assert/strict";
import { test } from "node:test";
import { runInOrder } from "./run_all.js";

function lab(...sources) {
  const listeners = new Set();
  const commandExecuted = { connect: (listener) => listeners.add(listener), disconnect: (listener) => listeners.delete(listener) };
  const widgets = sources.map(([source, tags]) => ({ source, model: { type: source === "text" ? "markdown" : "code", getMetadata: () => tags } }));
  const ran = [];
  const press = (id) => listeners.forEach((listener) => listener(null, { id }));
  async function runCell({ cell, onCellExecuted }) {
    ran.push(cell.source);
    if (cell.source === "endless") press("notebook:interrupt-kernel");
    if (cell.source === "died") return false;
    const success = !["wrong", "endless"].includes(cell.source);
    onCellExecuted({ cell, success });
    if (!success) throw new Error("KernelReplyNotOK");
    return true;
  }
  return { app: { commands: { commandExecuted } }, panel: { content: { widgets } }, runCell, ran, listeners };
}

const run = async ({ app, panel, runCell }, isCurrent) => (await runInOrder(app, panel, runCell, isCurrent))?.map(({ source }) => source) ?? null;

test("cells below an error run, and the error is told", async () => {
  const fakeLab = lab(["text"], ["first"], ["wrong"], ["last"]);
  assert.deepEqual(await run(fakeLab), ["wrong"]);
  assert.deepEqual(fakeLab.ran, ["text", "first", "wrong", "last"]);
  assert.equal(fakeLab.listeners.size, 0);
});

test("an error that a cell is to show is none", async () => {
  assert.deepEqual(await run(lab(["wrong", ["raises-exception"]], ["last"])), []);
});

for (const how of ["endless", "died"]) {
  test(`${how}: nothing below runs, and nothing is told`, async () => {
    const fakeLab = lab([how], ["last"]);
    assert.equal(await run(fakeLab), null);
    assert.deepEqual(fakeLab.ran, [how]);
  });
}

test("a run that another one has taken over ends", async () => {
  const fakeLab = lab(["first"], ["last"]);
  assert.equal(await run(fakeLab, () => false), null);
  assert.deepEqual(fakeLab.ran, ["first"]);
});
