// Carries the widgets of one open page between the browser and the server, in the words of anywidget: each script gets
// a model with get, set, on, off and send, and does not know that no kernel is behind it.
import { Line, tellOthers } from "./line.js";

class Model {
  constructor(traits, send) {
    this.traits = traits;
    this.send = send;
    this.heard = new Map();
  }

  get(name) {
    return this.traits[name];
  }

  set(name, value) {
    this.traits[name] = value;
  }

  save_changes() {}

  on(event, hear) {
    if (!this.heard.has(event)) this.heard.set(event, new Set());
    this.heard.get(event).add(hear);
  }

  off(event, hear) {
    this.heard.get(event)?.delete(hear);
  }

  trigger(event, ...told) {
    for (const hear of [...(this.heard.get(event) ?? [])]) hear(...told);
  }

  change(traits) {
    Object.assign(this.traits, traits);
    for (const name of Object.keys(traits)) this.trigger(`change:${name}`);
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const shape = (items) => items?.map((item) => [item.id, item.script, item.html, item.refused, item.traits?.payload]);

export class Carrier {
  constructor(path, sources) {
    this.line = new Line(path, sources, () => this.look());
    this.live = new Map(); // id → {model, end}
    this.filled = new Map(); // id → the message after which something stood below it
    this.talked = new Set(); // ids that this page has sent a message to
    this.cells = [];
    this.waiting = Promise.resolve();
    this.under = 0; // messages that are under way
  }

  async open() {
    this.cells = (await this.line.open()).cells;
    return this.cells;
  }

  // Show every cell's items in the element that place(number of the cell) gives.
  async mount(place) {
    this.places = new Map();
    const all = this.cells.map(async (items, n) => {
      if (!items?.length) return;
      this.places.set(n, place(n));
      await this.show(items, this.places.get(n));
    });
    await Promise.all(all);
  }

  async show(items, place) {
    const scripts = await Promise.all(items.map((item) => item.script && this.line.script(item)));
    for (const old of [...this.live.values()].filter(({ el }) => place.contains(el))) this.end(old);
    place.replaceChildren(...items.map((item, n) => this.element(item, scripts[n])));
  }

  element(item, script) {
    const el = document.createElement("div");
    if (item.refused === "") return el; // said above
    if (item.refused) {
      el.className = "bc-refused";
      el.setAttribute("role", "alert");
      el.textContent = item.refused;
    } else if (item.html) {
      el.innerHTML = item.html; // the course's own words, escaped by the server
    } else {
      this.bring(item, script, el);
    }
    return el;
  }

  bring(item, script, el) {
    const model = new Model(this.worded(item.traits), (content) => this.send(item.id, content));
    const inside = document.createElement("div");
    const below = document.createElement("div");
    el.append(inside, below);
    const one = { id: item.id, model, el, below, dispose: null };
    this.live.set(item.id, one);
    // a script may look for the notebook around it: it runs when its element is in the page
    queueMicrotask(() => (one.dispose = script.render({ model, el: inside })));
    if (item.below?.length) void this.show(item.below, below);
  }

  // There is no kernel to speak of and no button to press: where nobody answers, that is said in other words.
  worded(traits) {
    const { payload } = traits;
    const { not_saved, no_kernel } = this.line.words;
    return payload?.words ? { ...traits, payload: { ...payload, words: { ...payload.words, not_saved, no_kernel } } } : { ...traits };
  }

  end(one) {
    if (typeof one.dispose === "function") one.dispose();
    if (this.live.get(one.id) === one) this.live.delete(one.id);
  }

  // One message after the other: an older answer must not arrive behind a newer one.
  send(id, content) {
    this.under += 1;
    this.talked.add(id);
    this.waiting = this.waiting.then(() => this.carry(id, content)).finally(() => (this.under -= 1));
  }

  async carry(id, content) {
    const one = this.live.get(id);
    try {
      await this.take(id, await this.line.say(id, content, () => this.reopen(id)), content);
    } catch (error) {
      const why = error.status === 413 ? this.line.words.too_long : this.line.words.not_saved;
      one?.model.trigger("msg:custom", { kind: "failed", number: content.number, did: "refuse", why, message: why });
    }
  }

  // What the server answered: what changed first, so that who hears a message finds the page as it is now.
  async take(id, found, content) {
    for (const [name, traits] of Object.entries(found.changed)) this.live.get(name)?.model.change(traits);
    if (found.below) {
      this.filled.set(id, content);
      const { below } = this.live.get(id);
      await this.show(found.below, below);
    }
    for (const message of found.messages) this.live.get(id)?.model.trigger("msg:custom", message);
    if (found.messages.length) tellOthers();
  }

  // The server was started again and knows nothing of this page: it is told once more, and so is what fills a box.
  // What knew more than the disk does begins anew.
  async reopen(id) {
    const cells = (await this.line.open()).cells;
    const lost = cells.map((_items, n) => n).filter((n) => cells[n]?.some((item) => this.ownsState(item)));
    this.cells = cells;
    await Promise.all(lost.filter((n) => this.places.has(n)).map((n) => this.show(cells[n], this.places.get(n))));
    const parent = id.split("/")[0];
    if (parent !== id && this.filled.has(parent)) await this.line.say(parent, this.filled.get(parent));
  }

  ownsState(item) {
    return item.resumes === false && this.talked.has(item.id);
  }

  // See what was saved elsewhere. What is being written here stays.
  async look() {
    if (this.under || !this.places) return;
    const seen = await this.line.peek().catch(() => null);
    if (!seen || this.under) return;
    const moved = [...this.places.keys()].filter((n) => !same(shape(seen.cells[n]), shape(this.cells[n])));
    for (const items of seen.cells) items?.filter((item) => !this.ownsState(item)).forEach((item) => this.renew(item));
    if (!moved.length) return;
    const { cells } = await this.line.open();
    this.cells = cells;
    const anew = [...this.places.keys()].filter((n) => moved.includes(n) || cells[n]?.some((item) => this.ownsState(item)));
    await Promise.all(anew.map((n) => this.show(cells[n] ?? [], this.places.get(n))));
    for (const [id, content] of this.filled) await this.line.say(id, content).catch(() => null);
  }

  renew(item) {
    const model = this.live.get(item.id)?.model;
    if (!model) return;
    const different = Object.entries(item.traits).filter(([name, value]) => name !== "payload" && !same(value, model.get(name)));
    if (!different.length) return;
    model.change(Object.fromEntries(different));
    model.trigger("msg:custom", { kind: "elsewhere" });
  }

  dispose() {
    for (const one of [...this.live.values()]) this.end(one);
    this.line.dispose();
  }
}
