import { render } from "../../notebook/follow_up.js";
import { packOf, scheduleOf, workOf } from "./model.js";

// Shows the schedule in an element. host tells what was answered, keeps the state and opens a pack below.
export async function openTool({ host, page, el }) {
  const listeners = { "msg:custom": [], "change:state": [] };
  const data = { payload: { words: page.words }, state: null };
  let work = null;

  async function look() {
    await host.look();
    work = workOf(host, page.about);
    data.state = scheduleOf(page, host, await host.state(), work);
    listeners["change:state"].forEach((listener) => listener());
  }

  async function openPack(days) {
    const state = await host.state();
    const chosen = packOf(state, days, work, host.code, page.size);
    await host.keep({ ...state, packs: { ...state.packs, [days]: chosen } });
    await host.open(days, chosen.map((id) => work.questions.get(id)), look);
    await look();
    return { did: "open", days };
  }

  async function act(content) {
    if (content.do === "open") return openPack(content.days);
    await host.begin();
    await look();
    return { did: "start" };
  }

  await look();
  const model = {
    get: (name) => data[name],
    on: (event, listener) => listeners[event].push(listener),
    send: (content) => act(content).catch(() => ({ did: "refuse", message: page.words.not_saved })).then((answer) => listeners["msg:custom"].forEach((listener) => listener(answer))),
  };
  render({ model, el });
  const due = data.state.packs.find((pack) => pack.open && pack.done < pack.total);
  if (due) await openPack(due.days);
}
