// Asks every two seconds for what has changed, and says when the program is gone.
import { after } from "./acting.js";
import { at, words } from "./dom.js";
import { ask, NotDone } from "./server.js";

const EVERY = 2000;
let ended = false;

/** Ask no more: the class of this page is gone. */
export function end() {
  ended = true;
}

/**
 * Ask for the data `name` again and again; `show` is called with what is new, `each` after every answer
 * with the time when it was asked.
 * @param {string} name @param {(data: any) => void} show @param {(begun: number) => void} [each]
 */
export function poll(name, show, each = () => {}) {
  let asking = false, missed = false;
  async function look() {
    if (ended) return;
    if (asking) {
      missed = true;
      return;
    }
    asking = true;
    const begun = performance.now();
    try {
      const fresh = await ask(name);
      at("gone").hidden = true;
      if (fresh) show(fresh);
      each(begun);
    } catch (error) {
      if (ended) return;
      at("gone").textContent = error instanceof NotDone && error.status ? error.message : words.gone;
      at("gone").hidden = false;
    } finally {
      asking = false;
      if (missed) {
        missed = false;
        look();
      }
    }
  }
  after.again = look;
  document.addEventListener("visibilitychange", () => document.hidden || look());
  setInterval(() => document.hidden || look(), EVERY);
}
