import { packOf, scheduleOf, workOf } from "./model.js";
import { render } from "./view.js";

// Shows the schedule in an element. host provides the answers, saves the state and opens a pack below.
export async function openTool({ host, page, el }) {
  const listeners = [];
  let state = null;
  let work = null;

  async function look() {
    await host.look();
    work = workOf(host, page.about);
    state = scheduleOf(page, host, await host.state(), work);
    listeners.forEach((listener) => listener());
  }

  async function open(days) {
    const before = await host.state();
    const chosen = packOf(before, days, work, host.code, page.size);
    await host.keep({ ...before, packs: { ...before.packs, [days]: chosen } });
    await host.open(days, chosen.map((id) => work.questions.get(id)), look);
    await look();
  }

  await look();
  render({ model: { words: page.words, state: () => state, open, changed: (listener) => listeners.push(listener) }, el });
  const due = state.packs.find((pack) => pack.open && pack.done < pack.total);
  if (due) await open(due.days);
}
