// Keyboard of a lesson, which is read and answered, not edited. JupyterLab takes a single letter for a command: x cuts the
// focused cell, and a question with it; 00 restarts the kernel. A double click on a text shows its source. Nobody who answers
// questions means that, so only a cell with code keeps these keys, and only while it is being edited.
import { TYPED_IN } from "../question/typed_in.js";
import { keyList } from "../screens/key_list.js";
import { configured } from "./api.js";
import { hostAt } from "./notebook_host.js";

const SUPPRESS = "data-lm-suppress-shortcuts"; // JupyterLab looks for it from the key's target upwards

function keeps(event) {
  const withModifier = event.ctrlKey || event.metaKey;
  if (withModifier && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s") return true;
  if (!event.target.closest?.(".jp-CodeCell .cm-editor")) return false;
  return !(withModifier || event.altKey) || event.key === "Enter";
}

// Tells whether "?" is to open the list of keys: not while one types, nor over another dialog.
function asksForKeys(event) {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  return !event.target.closest?.(TYPED_IN) && !document.querySelector("dialog[open]");
}

async function showKeys(path) {
  const { keys } = (await hostAt(path)).course.words;
  keyList("notebook", keys);
}

function activate(app) {
  // JupyterLab forbids a new line within cells: Enter would send no form and begin no line of an answer
  window.addEventListener("beforeinput", (event) => {
    if (/** @type {Element} */ (event.target).closest?.(".bc-live")) event.stopImmediatePropagation();
  }, true);
  if (!configured().buuchinhLive) return; // an instructor, or a JupyterLab that shows the course among other things
  // on the window, so before JupyterLab's own listeners
  window.addEventListener("keydown", (event) => /** @type {Element} */ (event.target).toggleAttribute?.(SUPPRESS, !keeps(event)), true);
  window.addEventListener("keydown", (event) => {
    const path = app.shell.currentWidget?.context?.path;
    if (!path?.endsWith(".ipynb") || !asksForKeys(event)) return;
    event.preventDefault();
    void showKeys(path).catch((error) => console.warn(error));
  }, true);
  window.addEventListener("dblclick", (event) => {
    if (/** @type {Element} */ (event.target).closest?.(".jp-MarkdownCell .jp-RenderedMarkdown")) event.stopPropagation();
  }, true);
}

export const plugin = { id: "buuchinh-lab:quiet", autoStart: true, activate };
