import assert from "node:assert/strict";
import { test } from "node:test";
import { otherWindows } from "./other_windows.js";

// Opens a window of a unit; `count` is what it heard last.
function windowOf(name) {
  const channel = new BroadcastChannel(name);
  const made = { channel, count: 0 };
  return Object.assign(made, otherWindows(channel, (count) => {
    made.count = count;
  }));
}

const until = async (holds) => {
  for (let n = 0; n < 300 && !holds(); n++) await new Promise((go) => setTimeout(go, 10));
  assert.ok(holds());
};

test("two windows of one unit hear of each other, until one is left; another unit is not heard", async () => {
  const [first, second, third] = [windowOf("a"), windowOf("a"), windowOf("b")];
  await until(() => first.count === 1 && second.count === 1);
  second.leave();
  await until(() => first.count === 0);
  assert.equal(third.count, 0);
  first.leave();
  third.leave();
});

test("a window that was killed is forgotten when nobody answers", async () => {
  const [first, second] = [windowOf("c"), windowOf("c")];
  await until(() => first.count === 1);
  second.channel.close();
  first.look();
  await until(() => first.count === 0);
  first.leave();
});
