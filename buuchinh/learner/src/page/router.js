// The router: draws the page that the address names.
import { h } from "../question/dom.js";
import { lawDialog } from "../screens/law_dialog.js";
import { cross } from "../work/crossed.js";
import { watchHead } from "./head_line.js";
import { inChat } from "./download.js";
import { OWN_SCRIPT, UNIT_SCRIPT } from "../routes.js";

export async function route(host) {
  const { course } = host;
  const main = document.getElementById("hoc-main");
  host.open = open;
  lawDialog(host, document, (event, link) => {
    const href = link.getAttribute("href");
    if (href.startsWith("#") && !href.startsWith("#/")) event.preventDefault(); // a heading of a notebook has no address here
  });
  skipLink(main);
  const headOf = watchHead(host, main);
  let turn = 0;

  async function open() {
    const typed = /^#([a-z][a-z0-9-]*)$/u.exec(location.hash)?.[1]; // an address that lost its slash on the way
    if (typed && !document.getElementById(typed)) {
      location.replace(`#/${typed}`);
      return;
    }
    turn += 1;
    const ownTurn = turn;
    const route = location.hash;
    const [, id = "", number = "1", question = ""] = route.split("/");
    document.querySelectorAll("dialog[open]").forEach((/** @type {HTMLDialogElement} */ dialog) => dialog.close());
    host.shown.forEach((handle) => handle.dispose());
    host.shown.clear();
    host.closing.forEach((opened) => opened.then((stop) => stop?.()));
    host.closing.clear();
    host.work = null;
    host.announce("");
    let made;
    try {
      await cross(host);
      made = await viewOf(id, Number(number) || 1, question);
    } catch (error) {
      console.error(error);
      made = [h("p", { class: "hoc-alarm", role: "alert" }, host.say("not_loaded")), h("button", { type: "button", class: "hoc-button", onclick: () => location.reload() }, host.say("reload"))];
    }
    if (ownTurn !== turn) return; // another page was requested meanwhile
    main.replaceChildren(...(host.page?.kind === "quick" ? [] : warnings()), ...made);
    main.setAttribute("data-route", route);
    const title = id in course.later ? main.querySelector("h1")?.textContent : host.page?.title;
    document.title = title ? `${title} · ${course.title}` : course.title;
    headOf(id);
    scrollTo(0, 0);
    if (ownTurn > 1) toHeading(main);
    if (question) document.getElementById(`hoc-${question}`)?.scrollIntoView();
  }

  async function viewOf(id, number, question) {
    host.page = null;
    if (id === "") return host.home();
    if (id in course.later) {
      const views = await host.more();
      const [name, data] = course.later[id];
      host.page = data ? await host.loaded(data) : null;
      const view = views[name] ?? (await host.tool(OWN_SCRIPT))[name];
      return view(host, host.page, location.hash.split("/").slice(2));
    }
    const unitAt = await host.tool(UNIT_SCRIPT);
    return unitAt(host, id, number, question);
  }

  // Returns the warnings, which come before the first answer, not after the last.
  function warnings() {
    const inside = h("p", { class: "hoc-alarm", role: "alert" }, host.say("in_app"));
    return [host.journal.durable ? null : host.unkept(), inChat() ? inside : null].filter(Boolean);
  }

  addEventListener("hashchange", open);
  await open();
  host.tool(UNIT_SCRIPT).catch(() => {}); // the page opened next needs it
}

// Makes the link that leads a keyboard past the head, which is the same on every page.
function skipLink(main) {
  document.querySelector(".hoc-skip").addEventListener("click", (event) => {
    event.preventDefault();
    toHeading(main);
  });
}

function toHeading(main) {
  const heading = main.querySelector("h1") ?? main.querySelector("h2") ?? main; // the map of a sheet has a heading too, and comes before its question
  heading.setAttribute("tabindex", "-1");
  heading.focus();
}
