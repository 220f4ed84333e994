// The course in one document: which page the address names, who is at it, where answers go.
import { fill, h } from "../question/dom.js";
import { aloneList, aloneView } from "./alone_view.js";
import { drillView } from "./drill_part.js";
import { followUpView } from "./follow_up_view.js";
import { openJournal } from "./journal.js";
import { quickView } from "./quick_view.js";
import { stayOffline } from "./installed.js";
import { lawDialog } from "./law_dialog.js";
import { became } from "./person.js";
import { inChat } from "./saving.js";
import { pageAt } from "./sheets.js";
import { startView } from "./start_view.js";
import { testView } from "./test_view.js";
import { unitView } from "./unit_view.js";

const ALONE = "rieng-";
const LAW = "luat";

export async function openCourse() {
  const course = JSON.parse(document.getElementById("hoc-course").textContent);
  const main = document.getElementById("hoc-main");
  const live = document.getElementById("hoc-live");
  const journal = await openJournal(`buuchinh ${course.title}`);
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`buuchinh ${course.title}`) : null;
  const app = {
    course,
    journal,
    words: { ...course.words.questions, kept_here: course.words.site.kept_as_draft },
    drafts: `buuchinh hoc ${course.title}:`,
    person: (await journal.get("person")) ?? null,
    page: null,
    work: null,
    shown: new Map(),
    closing: new Set(), // promises of what comes later to the page: a tool that it opens resolves to what stops it
    open,
    say: (name, values = {}) => fill(course.words.site[name], { leader: course.leader, ...values }),
    titleOf: (id) => course.units[id].title,
    announce: (text) => {
      live.textContent = text;
    },
    told: (place, line) => channel?.postMessage({ place, line }),
    tell: (news) => channel?.postMessage(news),
    // Resolves when all that was typed or pressed so far is kept.
    async settled() {
      app.shown.forEach((handle) => handle.flush?.());
      await journal.settled();
    },
    forHandIn,
    loaded,
    // The views that are opened now and then, in a script of their own.
    async more() {
      if (!arrived.has(LATER)) await script("them.js");
      const { words, views } = arrived.get(LATER);
      Object.assign(course.words.site, words);
      return views;
    },
    tool,
  };
  if (channel) channel.onmessage = ({ data }) => heard(app, data);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && lookWho(app));
  lawDialog(app);
  skipLink(main);
  let turn = 0;

  async function open() {
    const typed = /^#([a-z][a-z0-9-]*)$/u.exec(location.hash)?.[1]; // an address whose stroke was lost on the way
    if (typed && !document.getElementById(typed)) {
      location.replace(`#/${typed}`);
      return;
    }
    turn += 1;
    const mine = turn;
    const route = location.hash;
    const [, id = "", at = "1", asked = ""] = route.split("/");
    document.querySelectorAll("dialog[open]").forEach((/** @type {HTMLDialogElement} */ dialog) => dialog.close());
    app.shown.forEach((handle) => handle.dispose());
    app.shown.clear();
    app.closing.forEach((opened) => opened.then((stop) => stop?.()));
    app.closing.clear();
    app.work = null;
    app.announce("");
    let made;
    try {
      made = await viewOf(id, Number(at) || 1);
    } catch (error) {
      console.error(error);
      made = [h("p", { class: "hoc-alarm", role: "alert" }, app.say("not_loaded")), h("button", { type: "button", class: "hoc-button", onclick: () => location.reload() }, app.say("reload"))];
    }
    if (mine !== turn) return; // another page was asked for meanwhile
    main.replaceChildren(...(app.page?.kind === "quick" ? [] : warnings()), ...made);
    main.setAttribute("data-route", route);
    const title = id in course.later ? main.querySelector("h1")?.textContent : app.page?.title;
    document.title = title ? `${title} · ${course.title}` : course.title;
    document.body.classList.toggle("hoc-alone", app.page?.kind === "alone");
    scrollTo(0, 0);
    if (mine > 1) toHeading(main);
    if (asked) document.getElementById(`hoc-${asked}`)?.scrollIntoView();
  }

  async function viewOf(id, at) {
    app.page = null;
    if (id === "") return startView(app);
    if (id === course.follow) return followUpView(app);
    if (id === course.drill) return drillView(app);
    const view = id === course.alone ? aloneList : id.startsWith(ALONE) ? aloneView : null;
    if (view) {
      app.page = await loaded(id);
      return view(app, app.page);
    }
    if (id === course.quick) {
      app.page = await loaded(id);
      return quickView(app, app.page);
    }
    if (id in course.later) {
      const views = await app.more();
      app.page = course.later[id] ? await loaded(course.later[id]) : null;
      return views[id](app, app.page, location.hash.split("/").slice(2));
    }
    app.page = await pageAt(app, id);
    if (!app.page) return [h("h1", { tabindex: "-1" }, app.say("not_found")), h("a", { class: "hoc-button", href: "#/" }, app.say("to_home"))];
    return app.page.kind === "test" ? testView(app, app.page) : unitView(app, app.page, at);
  }

  // Said before the first answer, not after the last.
  function warnings() {
    const kept = h("p", { class: "hoc-alarm", role: "alert" }, app.say("kept_nowhere"), " ", h("a", { href: "#/ket-qua" }, app.say("save_file")));
    const inside = h("p", { class: "hoc-alarm", role: "alert" }, app.say("in_app"));
    return [journal.kept ? null : kept, inChat() ? inside : null].filter(Boolean);
  }

  addEventListener("hashchange", open);
  stayOffline({ main, say: app.say, settled: app.settled });
  await open();
}

// By keyboard past the head, which is the same on every page.
function skipLink(main) {
  document.querySelector(".hoc-skip").addEventListener("click", (event) => {
    event.preventDefault();
    toHeading(main);
  });
}

function toHeading(main) {
  const heading = main.querySelector("h1, h2") ?? main;
  heading.setAttribute("tabindex", "-1");
  heading.focus();
}

function heard(app, { place, line, who, taken, erased }) {
  if (who) became(app, who, taken);
  if (erased) erasedElsewhere(app);
  if (!line || !app.work?.heard(place, line)) return;
  app.shown.get(line.id)?.show(line.answer);
  app.announce(app.say("newer_elsewhere"));
}

// What was told while this window slept.
async function lookWho(app) {
  const stored = (await app.journal.get("person")) ?? null;
  if (stored === app.person) return;
  if (stored) await became(app, stored, false);
  else await erasedElsewhere(app);
}

// What is still on its way here belongs to what was erased, and goes with it.
async function erasedElsewhere(app) {
  app.shown.forEach((handle) => handle.dispose(true));
  app.shown.clear();
  app.person = null;
  await app.open();
  app.announce(app.say("erased_elsewhere"));
}

// Pages are scripts that call hoc.page(…): a page from a disk may load scripts, and no data otherwise.
const arrived = new Map();
const LATER = "them";
const tools = new Map();

export const hoc = {
  page: (data) => arrived.set(data.id, data),
  notebook: (id, text) => arrived.set(`${id}-nop`, text),
  // Earlier versions of a unit say mostly the same: what they say comes once, each names it by its place (site/earlier.py).
  earlier: (told, pages) => pages.forEach((page) => arrived.set(`${page.id}-${page.version}`, {
    ...page,
    screens: page.screens.map((screen) => ({ ...screen, parts: screen.parts.map((n) => told[n]) })),
    forms: Object.fromEntries(Object.entries(page.forms).map(([form, asked]) => [form, Object.fromEntries(Object.entries(asked).map(([id, n]) => [id, told[n]]))])),
  })),
  later: (words, made) => arrived.set(LATER, { words, views: made() }),
  tool: (name, openTool, style) => {
    tools.set(name, openTool);
    document.head.append(h("style", {}, style));
  },
};

// A page of the course names provisions; what they say comes once for all pages (a page that stands alone has its own).
export async function loaded(id, lawToo = false) {
  const [page] = await Promise.all([fetched(id), lawToo ? fetched(LAW) : null]);
  if (!Array.isArray(page.law)) return page;
  const { law } = page.law.length ? await fetched(LAW) : {};
  if (Array.isArray(page.law)) page.law = Object.fromEntries(page.law.map((ref) => [ref, law[ref]])); // two may have asked at once
  return page;
}

async function fetched(id) {
  if (!arrived.has(id)) await script(`bai/${id.replace(/-\d[\d.]*$/u, "-truoc")}.js`);
  return arrived.get(id);
}

// What is not needed at once is a script of its own: pictures put together, the follow-up.
async function tool(name) {
  if (!tools.has(name)) await script(`${name}.js`);
  return tools.get(name);
}

async function forHandIn(id, withNotebook) {
  await Promise.all([window.fflate ?? script("fflate.js"), !withNotebook || arrived.has(`${id}-nop`) || script(`bai/${id}-nop.js`)]);
  const zip = (files, at) => window.fflate.zipSync(files, { mtime: at });
  return { notebook: withNotebook ? arrived.get(`${id}-nop`) : null, zip };
}

function script(address) {
  return new Promise((resolve, reject) => {
    const element = h("script", { src: address, onload: resolve, onerror: () => reject(new Error(address)) });
    document.head.append(element);
  });
}
