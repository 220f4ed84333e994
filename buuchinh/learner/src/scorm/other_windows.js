// Other windows of this browser in which the same person has the same unit open: each hears what the others hand over, and whether
// there are any. Windows in another browser, or on another device, are not heard.

const ANSWERED = 1500; // ms in which a window that is there has answered

// Watches a channel. `changed` hears how many other windows there are.
export function otherWindows(channel, changed) {
  const me = Math.random().toString(36).slice(2);
  let others = new Set();
  const say = (more) => channel.postMessage({ window: me, ...more });

  channel.addEventListener("message", ({ data }) => {
    if (!data.window) return;
    if (data.over) others.delete(data.window);
    else others.add(data.window);
    if (data.asks) say({});
    changed(others.size);
  });
  say({ asks: true });

  return {
    // Asks again: a window that was killed did not say that it is over.
    look() {
      if (!others.size) return;
      others = new Set();
      say({ asks: true });
      setTimeout(() => changed(others.size), ANSWERED);
    },
    leave() {
      say({ over: true });
      channel.close();
    },
  };
}
