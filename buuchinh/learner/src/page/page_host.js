// The host of screens on a page: the course, the person at it, the journal of this browser (Host, host.d.ts).
import { fill, h } from "../question/dom.js";
import { startView } from "../screens/start.js";
import { draftOf } from "./drafts.js";
import { storageNote } from "./installed.js";
import { journalOf } from "./browser_journal.js";
import { asking, forHandIn, laterViews, loaded, tool } from "./loader.js";
import { become, guestWork, leave } from "./person.js";
import { solutionStore } from "./solution_store.js";
import { openStore } from "./store.js";
import { EMERGENCY, RESULTS, UNIT_SCRIPT } from "../routes.js";

export async function pageHost() {
  const course = courseHere();
  const store = await openStore(`buuchinh ${course.title}`);
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`buuchinh ${course.title}`) : null;
  return hostOf({ course, store, channel, person: (await store.get("person")) ?? null });
}

export const courseHere = () => JSON.parse(document.getElementById("hoc-course").textContent);

// Makes the host of a course, a store and the person at it.
export function hostOf({ course, store, channel, person }) {
  const live = document.getElementById("hoc-live");
  const opened = solutionStore(`buuchinh ${course.title}`);
  /** @satisfies {PageHost} */
  const host = {
    kind: "page",
    course,
    store,
    channel,
    home: () => startView(host),
    unkept: () => h("p", { class: "hoc-alarm", role: "alert" }, host.say("kept_nowhere"), " ", h("a", { href: `#/${RESULTS}` }, host.say("save_file"))),
    journal: null,
    solutions: {
      read: (unit) => opened.read(host.person, unit),
      write: (unit, text) => opened.write(host.person, unit, text),
      erase: opened.erase,
    },
    words: asking,
    drafts: `buuchinh hoc ${course.title}:`,
    person,
    page: null,
    work: null,
    shown: new Map(),
    closing: new Set(), // promises of functions that end what the page has opened, such as a tool or a listener
    open: async () => {}, // shows the page of the address (router.js)
    say: (name, values = {}) => fill(course.words.site[name], { leader: course.leader, to: course.leader_name, ...values }),
    titleOf: (id) => course.units[id].title,
    announce: (text) => {
      live.textContent = text;
    },
    told: (place, line) => channel?.postMessage({ place, line }),
    tell: (news) => channel?.postMessage(news),
    // Resolves when everything typed or pressed so far is saved.
    async settled() {
      host.shown.forEach((handle) => handle.flush?.());
      await store.settled();
    },
    draft: (place, id) => draftOf(host, place, id),
    guestWork: (code) => guestWork(host, code),
    become: (code, taken) => become(host, code, taken),
    leave: () => leave(host),
    cardAddress: `#/${EMERGENCY}`,
    fileAt: (path) => path.replace(/^lessons\//u, ""),
    keptNote: () => [storageNote(host)],
    forHandIn,
    loaded,
    tool,
    checker: async () => (await tool(UNIT_SCRIPT)).checker,
    async more() {
      const { words, views } = await laterViews();
      Object.assign(course.words.site, words);
      return views;
    },
  };
  host.journal = journalOf(host, store);
  return host;
}
