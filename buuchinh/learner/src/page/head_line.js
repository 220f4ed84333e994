// The head of every page: which of the four places this is, and its tools, with a script that is loaded when one is first used.
import { TYPED_IN } from "../question/typed_in.js";
import { HEAD_SCRIPT } from "../routes.js";

const OPENED = { "/": "search", "?": "keys" }; // tools by their key

export function watchHead(host, main) {
  /** @type {string | null} */
  let early = null; // the letters typed while a tool's script is loaded

  async function open(name) {
    early = "";
    try {
      const tools = await host.tool(HEAD_SCRIPT);
      const typed = early;
      early = null;
      await tools[name](host, typed);
    } catch (error) {
      console.error(error);
      host.announce(host.say("not_loaded"));
    } finally {
      early = null;
    }
  }

  document.addEventListener("click", (event) => {
    const tool = /** @type {Element} */ (event.target).closest?.("[data-tool]");
    if (tool) open(tool.getAttribute("data-tool"));
  });
  addEventListener("keydown", (event) => {
    const tool = OPENED[event.key];
    const isEarly = early !== null && event.key.length === 1;
    if (!(tool || isEarly) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (/** @type {Element} */ (event.target).closest(TYPED_IN) || document.querySelector("dialog[open]") || host.page?.kind === "alone") return;
    event.preventDefault();
    if (isEarly) early += event.key;
    else open(tool);
  });

  // Updates the head when another page is in `main`. A bar with only the link home gives way to the four places; the head of a
  // lesson or a sheet takes the place of this one.
  return function showHeadLine(id) {
    const bar = main.querySelector(".hoc-bar");
    if (bar?.childElementCount === 1 && bar.firstElementChild.getAttribute("href") === "#/") bar.remove();
    const stepped = main.querySelector(".hoc-step-head");
    stepped?.querySelector(".hoc-aa-place")?.replaceChildren(document.querySelector("[data-tool=look]").cloneNode(true));
    document.body.classList.toggle("hoc-alone", host.page?.kind === "alone");
    document.body.classList.toggle("hoc-stepped", Boolean(stepped));
    document.body.classList.toggle("hoc-barred", Boolean(main.querySelector(".hoc-bar")));
    for (const place of document.querySelectorAll(".hoc-places a")) {
      if (place.getAttribute("href") === `#/${id}`) place.setAttribute("aria-current", "page");
      else place.removeAttribute("aria-current");
    }
  };
}
