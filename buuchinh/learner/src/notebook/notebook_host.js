// The host of screens in a notebook: one for each open notebook (Host, host.d.ts).
import { fill, h } from "../question/dom.js";
import { isAnswered } from "../logic/answer_entries.js";
import { officeBox } from "../page/reference/office.js";
import { checker } from "../question/is_right.js";
import { openTool as openDrill } from "../screens/drill/tool.js";
import { openTool as openFollowUp } from "../screens/follow_up/tool.js";
import { cross } from "../work/crossed.js";
import { openWork } from "../work/work.js";
import { addressOf, configured, get, HostError, post, put, remove, settled } from "./api.js";
import { openJournal } from "./server_journal.js";
import { earlierView, packedUp, receiptView } from "./notebook_hand_in.js";
import { hereOrNot } from "./server_gone.js";
import { speak } from "./speaker.js";
import { DRILL_SCRIPT, FOLLOW_UP_SCRIPT } from "../routes.js";

const OTHERS = "BroadcastChannel" in window ? new BroadcastChannel("buuchinh") : null;
const TOOLS = { [DRILL_SCRIPT]: openDrill, [FOLLOW_UP_SCRIPT]: openFollowUp };
const SEEN_AGAIN = 1500; // milliseconds between two checks of what other windows did
const GO = "buuchinh:go"; // the place to go to in the notebook that is opened next
const hosts = new Map();

// Returns the host of a notebook by its path; all its screens share one.
export function hostAt(notebook) {
  if (!hosts.has(notebook)) hosts.set(notebook, opened(notebook).catch((error) => {
    hosts.delete(notebook);
    throw error;
  }));
  return hosts.get(notebook);
}

// Closes a notebook: nothing of it polls the server any more.
export async function close(notebook) {
  const host = await hosts.get(notebook)?.catch(() => null);
  hosts.delete(notebook);
  host?.dispose();
}

/** @type {(notebook: string) => Promise<any>} */
async function opened(notebook) {
  const tell = () => OTHERS?.postMessage("saved");
  const answered = (request) => hereOrNot(request, course.words.lab.closed, () => look().catch(() => {}));
  const [course, journal] = await Promise.all([get("course", { notebook }), openJournal(notebook, tell, answered)]);
  const pages = new Map();
  const works = new Map();
  const solutions = new Map();
  const redraws = new Set();
  let looked = Date.now();

  /** @satisfies {NotebookHost} */
  const host = {
    kind: "notebook",
    notebook,
    course,
    journal,
    words: course.words.questions,
    save: async () => {}, // plugin.js sets both: saving the notebook, showing a place in it
    show: async () => {},
    get person() {
      return journal.person().code;
    },
    page: null,
    work: null,
    shown: new Map(),
    closing: new Set(),
    redraws,
    solutions: {
      read: async (unit) => (await fetchOnce(solutions, unit, () => get(`solutions/${unit}`, { notebook }))).text,
      async write(unit, text) {
        solutions.delete(unit);
        if (text === null) await remove(`solutions/${unit}`, { notebook });
        else await put(`solutions/${unit}`, { notebook, text });
        tell();
      },
    },
    lacking: new Set(), // tasks with code that ran and handed nothing in
    say: (name, values = {}) => fill(course.words.lab[name] ?? course.words.site[name], { leader: course.leader, to: course.leader_name, ...values }),
    titleOf: (id) => (course.units[id] ?? course.sheets.find(({ unit }) => unit === id)).title,
    announce: speak,
    // Redraws whatever depends on who is here and what was done.
    async open() {
      await cross(host);
      for (const redraw of redraws) await redraw();
    },
    async settled() {
      host.shown.forEach((handle) => handle.flush?.());
      await settled();
    },
    loaded: (id) => fetchOnce(pages, id, () => get(`pages/${id}`, { notebook, text: 0 })),
    // Returns the page of a unit and this person's work on it.
    async unit(id) {
      const page = await host.loaded(id);
      return { page, work: await fetchOnce(works, id, () => openWork(host, page)) };
    },
    tool: async (name) => TOOLS[name],
    checker: async () => checker,
    more: async () => ({ officeBox, packedUp, receiptView, earlierView }),
    cardAddress: addressOf("files", `lessons/${course.card}`),
    fileAt: (path) => addressOf("files", path),
    // Names the notebooks that were set aside, with code written before the trainee's code was given.
    keptNote: () => journal.guestCopies().map((path) => h("p", { class: "hoc-note" }, `${host.say("guest_copy")} `, h("a", { href: notebookAddress(path) }, path))),
    guestWork: async () => ({ asks: false, count: 0, units: [] }),
    async become(code) {
      await host.settled();
      await put("person", { notebook, code });
      tell();
      await startOver();
    },
    async leave() {
      await host.settled();
      await remove("person", { notebook });
      tell();
      await startOver();
    },
    // Goes to an address of the course: "#/l05/3/l05-q09", or "#/" for the start page.
    async go(address) {
      const [, id = "", , question = ""] = address.split("/");
      const path = id in course.units ? (await post("workspace", { notebook, unit: id })).path : course.start;
      const place = { path, question, part: id === course.follow ? "follow_up" : "" };
      if (path === notebook) return host.show(place);
      const target = notebookAddress(path);
      if (!target) throw new HostError("refused", host.say("open_by_hand", { path }));
      sessionStorage.setItem(GO, JSON.stringify(place));
      location.assign(target);
    },
    look,
    dispose() {
      host.shown.forEach((handle) => handle.dispose());
      host.shown.clear();
      window.removeEventListener("focus", onFocus);
      OTHERS?.removeEventListener("message", look);
    },
  };

  // Starts over for the person who is here now.
  async function startOver() {
    await journal.refresh();
    pages.clear();
    works.clear();
    solutions.clear();
    await host.open();
  }

  // Takes over what was saved elsewhere. Text being written here stays.
  async function look() {
    const before = host.person;
    await answered(journal.refresh());
    if (host.person !== before) return startOver(); // in another window somebody gave a code or left
    for (const [id, opening] of works) {
      const work = await opening;
      const changed = work.renew(await journal.entries({ unit: id, version: "" }));
      for (const [question, entry] of changed) if (isAnswered(entry)) host.shown.get(question)?.elsewhere(entry.answer, entry.at);
    }
  }

  function onFocus() {
    if (document.visibilityState !== "visible" || Date.now() - looked < SEEN_AGAIN) return;
    looked = Date.now();
    look().catch(() => {});
  }

  window.addEventListener("focus", onFocus);
  OTHERS?.addEventListener("message", look);
  await cross(host);
  return host;
}

// Returns the address of a notebook, null where no page is Jupyter's.
function notebookAddress(path) {
  const { baseUrl, notebookPage } = configured();
  return baseUrl ? addressOf(notebookPage ? "notebooks" : "doc/tree", path) : null;
}

// Fetches once, and again if that failed.
function fetchOnce(known, id, fetch) {
  if (!known.has(id)) {
    const coming = fetch();
    known.set(id, coming);
    coming.catch(() => known.delete(id));
  }
  return known.get(id);
}
