// A course page in the browser's own frame: its title and its icon, the browser's menu and not JupyterLab's, and a toolbar that
// wraps when it is narrow instead of hiding some of its buttons.

import { configured } from "./api.js";

const HEADING = /^#\s+(.+)$/mu;

// Leaves the context menu to the browser: its own menu copies and translates, and harms nothing; JupyterLab's deletes cells, in
// English, without asking.
function leaveMenuToBrowser() {
  window.addEventListener("contextmenu", (event) => event.stopImmediatePropagation(), true);
}

// Returns the heading of the notebook and the name of the course; JupyterLab writes the file's name and its own.
function titleOf(panel, course) {
  const cells = panel?.content?.widgets ?? [];
  const heading = cells.map((cell) => HEADING.exec(cell.model.sharedModel.getSource())?.[1]).find(Boolean);
  return [heading?.replace(/[*_`]/gu, "").trim(), course].filter(Boolean).join(" · ");
}

function keepTitle(app, course) {
  const set = () => {
    const title = titleOf(app.shell.currentWidget, course);
    if (title && document.title !== title) document.title = title;
  };
  new MutationObserver(set).observe(document.querySelector("title") ?? document.head, { childList: true, characterData: true, subtree: true });
  app.shell.currentChanged?.connect(() => {
    set();
    app.shell.currentWidget?.context?.ready.then(set);
  });
  set();
}

function keepIcon() {
  const address = new URL("./icon.svg", import.meta.url).href;
  const set = () => {
    for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel~="icon"]'))) {
      if (link.href === address) continue;
      link.type = "image/svg+xml";
      link.href = address;
    }
  };
  new MutationObserver(set).observe(document.head, { childList: true, subtree: true, attributes: true, attributeFilter: ["href", "rel"] });
  set();
}

// Keeps all buttons in sight: without its resizer the bar does not hide any behind "…", and the style sheet wraps it.
function keepButtons(panel) {
  const { toolbar } = panel;
  const idle = { invoke: async () => {}, stop: async () => {}, dispose() {} };
  if (toolbar) Object.defineProperty(toolbar, "_resizer", { configurable: true, get: () => idle, set() {} });
}

// Names the buttons that open folded parts: their words come from the style sheet, which not every screen reader reads out.
function nameFolds(panel, words) {
  const set = () => {
    for (const button of panel.node.querySelectorAll(".jp-collapseHeadingButton:not([aria-label])")) {
      const heading = button.closest(".jp-Cell")?.querySelector("h1, h2, h3, h4, h5, h6")?.textContent ?? "";
      button.setAttribute("aria-label", [words, heading.replace("¶", "").trim()].filter(Boolean).join(": "));
    }
  };
  const watching = new MutationObserver(set);
  watching.observe(panel.node, { childList: true, subtree: true });
  panel.disposed.connect(() => watching.disconnect());
  set();
}

function activate(app) {
  const { buuchinhLive, buuchinhTitle, buuchinhUnfold } = configured();
  if (!buuchinhLive) return;
  leaveMenuToBrowser();
  keepTitle(app, buuchinhTitle ?? "");
  keepIcon();
  app.docRegistry.addWidgetExtension("Notebook", {
    createNew: (panel) => {
      keepButtons(panel);
      nameFolds(panel, buuchinhUnfold ?? "");
    },
  });
}

export const plugin = { id: "buuchinh-lab:page", autoStart: true, activate };
