// Does what a button means: starts work, copies a text, opens a sheet. One place, so that a thing to do, the head of a column
// and a sheet do the same.
import { h, tell, words } from "./dom.js";
import { act, NotDone } from "./server.js";

const COPY_WAITS = 2000;

/** Ways to open something, filled by desk.js. @type {Record<string, (values: any) => void>} */
export const opens = {};

/** Called after something was done, so that the page looks again at once. @type {{ again: () => void }} */
export const after = { again: () => {} };

/**
 * Do an action of the server's making.
 * @param {{ kind: string, values?: Record<string, any> }} action
 */
export async function perform(action) {
  const values = action.values ?? {};
  if (action.kind in opens) return opens[action.kind](values);
  if (action.kind === "copy") return copy(values.text);
  const names = { job: "viec", resume: "lam-tiep", remind: "nhac", extend: "gia-han", solutions: "loi-giai" };
  const answer = await done(names[action.kind], values);
  if (answer?.ask) opens.question?.({ text: answer.ask, action });
  return answer;
}

/**
 * Call the server, say what came of it, and look again.
 * @param {string} name @param {Record<string, any>} values
 */
export async function done(name, values) {
  try {
    const answer = await act(name, values);
    if (answer.job) [busy, lastDone] = [true, performance.now()];
    if (answer.copy) await copy(answer.copy, answer.text);
    else if (answer.text) tell(answer.text, answer.file);
    return answer;
  } catch (error) {
    tell(error instanceof NotDone && error.status ? error.message : words.gone, "", true);
    return null;
  } finally {
    after.again();
  }
}

/** Requests that are sent one after the other, each once the job before it has ended. @type {{ name: string, values: Record<string, any>, end: (answer: any) => void }[]} */
const queue = [];
let busy = false, going = false, lastDone = 0;
/** @type {(() => void)[]} */
const idle = [];

/**
 * Do this once the work before it is done, and return what the server answers, or null where it was not done. What this
 * tab does not come to is offered again as a thing to do.
 * @param {string} name @param {Record<string, any>} values
 */
export function inTurn(name, values) {
  const ended = new Promise((end) => queue.push({ name, values, end }));
  goOn();
  return ended;
}

/** Return once nothing waits and no job runs. @returns {Promise<void>} */
export const allDone = () => new Promise((end) => idle.push(end));

/** Do what waits, unless a job runs, as was seen at this time. @param {boolean} runs @param {number} seenAt */
export function startNext(runs, seenAt) {
  if (going || seenAt < lastDone) return;
  busy = runs;
  if (!runs && !queue.length) for (const end of idle.splice(0)) end();
  goOn();
}

async function goOn() {
  const next = busy || going ? null : queue.shift();
  if (!next) return;
  going = true;
  const answer = await done(next.name, next.values);
  going = false;
  lastDone = performance.now();
  busy = Boolean(answer?.job);
  next.end(answer);
  if (answer) goOn();
  else for (const task of queue.splice(0)) task.end(null);
}

/** Put a text onto the clipboard; where that is refused, show it to be copied by hand. @param {string} text @param {string} [confirmation] */
export async function copy(text, confirmation = words.copied) {
  try {
    const late = new Promise((_, fail) => setTimeout(fail, COPY_WAITS)); // a browser may ask whether a page may copy, and wait
    await Promise.race([navigator.clipboard.writeText(text), late]);
    tell(confirmation);
  } catch {
    opens.text({ title: words.copy_failed, text });
  }
}

let lacks = 0;

/**
 * Say beside a button what it lacks, and go to the field that lacks it; the sentence is gone once the field is changed.
 * @param {HTMLElement} field @param {string} text @param {HTMLElement} pressed
 */
export function lacking(field, text, pressed) {
  if (!field.getAttribute("aria-describedby")) {
    const sentence = h("span", { class: "lacks", role: "alert", id: `lacks-${++lacks}` });
    pressed.after(sentence);
    sentence.textContent = text;
    field.setAttribute("aria-describedby", sentence.id);
    const end = () => {
      sentence.remove();
      field.removeAttribute("aria-describedby");
      for (const name of ["input", "change"]) field.removeEventListener(name, end);
    };
    for (const name of ["input", "change"]) field.addEventListener(name, end);
  }
  field.focus();
}

/**
 * Return a button that acts once at a time, and once for a double click: the second press may meet a button drawn since.
 * @param {string} text @param {() => any} run @param {string} [kind] @param {Record<string, any>} [more]
 */
export function button(text, run, kind = "small", more = {}) {
  const made = h("button", { type: "button", class: `btn ${kind}`, ...more, on: { click: press } }, text);
  /** @param {MouseEvent} event */
  async function press(event) {
    if (event.detail > 1 || made.getAttribute("aria-disabled") === "true") return;
    made.setAttribute("aria-disabled", "true");
    try {
      await run();
    } finally {
      made.removeAttribute("aria-disabled");
    }
  }
  return made;
}
