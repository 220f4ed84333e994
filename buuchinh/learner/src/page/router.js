// Which page the address names, and what stands on it.
import { h } from "../question/dom.js";
import { drillView } from "../screens/drill.js";
import { followUpView } from "../screens/follow_up.js";
import { lawDialog } from "../screens/law_dialog.js";
import { startView } from "../screens/start.js";
import { testView } from "../screens/test.js";
import { sheetAt } from "../work/standing.js";
import { openWork } from "../work/work.js";
import { stayOffline } from "./installed.js";
import { lessonView } from "./lesson_layout.js";
import { quickView } from "./quick_quiz.js";
import { inChat } from "./saving.js";
import { sheetView } from "./sheet_layout.js";
import { aloneList, aloneView } from "./standalone.js";

const ALONE = "rieng-";

export async function route(host) {
  const { course } = host;
  const main = document.getElementById("hoc-main");
  host.open = open;
  lawDialog(host, document, (event, link) => {
    const href = link.getAttribute("href");
    if (href.startsWith("#") && !href.startsWith("#/")) event.preventDefault(); // a heading of a notebook has no address here
  });
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
    host.shown.forEach((handle) => handle.dispose());
    host.shown.clear();
    host.closing.forEach((opened) => opened.then((stop) => stop?.()));
    host.closing.clear();
    host.work = null;
    host.announce("");
    let made;
    try {
      made = await viewOf(id, Number(at) || 1, asked);
    } catch (error) {
      console.error(error);
      made = [h("p", { class: "hoc-alarm", role: "alert" }, host.say("not_loaded")), h("button", { type: "button", class: "hoc-button", onclick: () => location.reload() }, host.say("reload"))];
    }
    if (mine !== turn) return; // another page was asked for meanwhile
    main.replaceChildren(...(host.page?.kind === "quick" ? [] : warnings()), ...made);
    main.setAttribute("data-route", route);
    const title = id in course.later ? main.querySelector("h1")?.textContent : host.page?.title;
    document.title = title ? `${title} · ${course.title}` : course.title;
    document.body.classList.toggle("hoc-alone", host.page?.kind === "alone");
    document.body.classList.toggle("hoc-stepping", Boolean(main.querySelector(".hoc-step-head"))); // which takes the place of the head
    scrollTo(0, 0);
    if (mine > 1) toHeading(main);
    if (asked) document.getElementById(`hoc-${asked}`)?.scrollIntoView();
  }

  async function viewOf(id, at, asked) {
    host.page = null;
    if (id === "") return startView(host);
    if (id === course.follow) return followUpView(host);
    if (id === course.drill) return drillView(host);
    const view = id === course.alone ? aloneList : id.startsWith(ALONE) ? aloneView : null;
    if (view) {
      host.page = await host.loaded(id);
      return view(host, host.page);
    }
    if (id === course.quick) {
      host.page = await host.loaded(id);
      return quickView(host, host.page);
    }
    if (id in course.later) {
      const views = await host.more();
      host.page = course.later[id] ? await host.loaded(course.later[id]) : null;
      return views[id](host, host.page, location.hash.split("/").slice(2));
    }
    host.page = await sheetAt(host, id);
    if (!host.page) return [h("h1", { tabindex: "-1" }, host.say("not_found")), h("a", { class: "hoc-button", href: "#/" }, host.say("to_home"))];
    if (host.page.kind === "test") return testView(host, host.page, await openWork(host, host.page));
    return host.page.kind === "lesson" ? lessonView(host, host.page, at, asked) : sheetView(host, host.page, at, asked);
  }

  // Said before the first answer, not after the last.
  function warnings() {
    const kept = h("p", { class: "hoc-alarm", role: "alert" }, host.say("kept_nowhere"), " ", h("a", { href: "#/ket-qua" }, host.say("save_file")));
    const inside = h("p", { class: "hoc-alarm", role: "alert" }, host.say("in_app"));
    return [host.journal.durable ? null : kept, inChat() ? inside : null].filter(Boolean);
  }

  addEventListener("hashchange", open);
  stayOffline({ main, say: host.say, settled: host.settled });
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
