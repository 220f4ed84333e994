// The course's own part of JupyterLab: notebooks that are live when they open, with their button, keyboard and frame.
import "buuchinh:types";
import { configured } from "./api.js";
import { initialize } from "./bridge.js";
import { plugin as clearResults } from "./clear_results.js";
import { attendExplorers } from "./explorer_cells.js";
import { close, hostAt } from "./notebook_host.js";
import { tellWhenKernelDies } from "./kernel_died.js";
import { plugin as keyboard } from "./keyboard.js";
import { keepKernelsBack, needsKernel, startKernel } from "./kernel_policy.js";
import { plugin as nextCode } from "./next_code.js";
import { plugin as chrome } from "./page_chrome.js";
import { followLinks, showPlace } from "./links.js";
import { lawDialog } from "../screens/law_dialog.js";
import { show } from "./parts.js";
import { plugin as printLinks } from "./print_links.js";
import { pluginWith as runButton } from "./run_button.js";
import { saveInTurn } from "./save_in_turn.js";
import { plugin as theme } from "./theme.js";

export { renderers } from "./renderer.js";
export default { initialize }; // the same file serves a widget if this extension is missing

const WAITING = "bc-waiting"; // not known yet: neither a button nor a hint to press it
const ALIVE = "bc-alive";
const SETTLES = 300; // milliseconds
const OPENED = /\/(?:doc\/tree|notebooks)\/(.+\.ipynb)$/u;
const LESSON = /^bai-lam\/[^/]+\/l[0-9]{2}\//;

async function attend(app, panel) {
  saveInTurn(panel.context);
  panel.addClass(WAITING);
  await panel.context.ready;
  if (panel.isDisposed) return;
  const { path } = panel.context;
  panel.disposed.connect(() => void close(path));
  const alone = !needsKernel(panel);
  panel.removeClass(WAITING);
  if (alone) panel.addClass(ALIVE);
  const kernel = alone ? null : startKernel(panel);
  const host = await hostAt(path);
  tellWhenKernelDies(host, panel);
  host.save = () => panel.context.save();
  host.show = (place) => showPlace(panel.node, place);
  const dialog = lawDialog(host, panel.node);
  panel.disposed.connect(() => dialog.dispose());
  host.page = (await pageOf(host, path)) ?? host.page;
  if (LESSON.test(path)) await frame(host, panel);
  await attendExplorers(app, host, panel, kernel);
  if (alone) hidePress(panel, host.course.words.lab.press);
  await goToPlace(panel);
}

// Returns the page of a notebook's unit, or null if the course has no such unit.
async function pageOf(host, path) {
  const unit = unitAt(path);
  return unit in host.course.units ? (await host.unit(unit)).page : null;
}

// Loads what the notebook in the address asks for, while JupyterLab itself still starts.
async function loadAhead() {
  const path = OPENED.exec(decodeURIComponent(location.pathname))?.[1];
  if (path) await pageOf(await hostAt(path), path);
}

// Returns "l05" for "bai-lam/khach/l05/05-….ipynb" and for "lessons/05-….ipynb".
function unitAt(path) {
  const [folder, name] = path.split("/").slice(-2);
  return folder === "lessons" ? `l${name.slice(0, 2)}` : folder;
}

// Frames a lesson that a trainee works on: the progress, the contents, what comes next.
async function frame(host, panel) {
  const place = document.createElement("div");
  place.className = "bc-live hoc";
  followLinks(place, () => host);
  const cells = panel.content.widgets;
  cells[cells.length - 1].node.append(place);
  const drawn = await show(host, { part: "lesson" }, place);
  panel.disposed.connect(() => drawn.dispose());
}

// Removes the sentence, in notebooks handed out earlier, that says to press a button that is gone; the list is renumbered.
// JupyterLab draws a text when it likes, and anew.
function hidePress(panel, sentence) {
  const hide = () => {
    for (const line of panel.node.querySelectorAll(".jp-RenderedMarkdown li")) {
      if (!line.textContent.startsWith(sentence)) continue;
      line.textContent = line.textContent.slice(sentence.length).trim();
      line.hidden = !line.textContent;
    }
  };
  hide();
  const drawn = new MutationObserver(hide);
  drawn.observe(panel.node, { childList: true, subtree: true });
  panel.disposed.connect(() => drawn.disconnect());
}

// Goes to the place on this page that another page has asked for.
async function goToPlace(panel) {
  let place = null;
  try {
    place = JSON.parse(sessionStorage.getItem("buuchinh:go"));
  } catch {
    return;
  }
  if (place?.path !== panel.context.path) return;
  sessionStorage.removeItem("buuchinh:go");
  await panel.revealed;
  await new Promise((done) => setTimeout(done, SETTLES)); // JupyterLab gives the focus to the text first
  await showPlace(panel.node, place);
}

function activate(app) {
  if (!configured().buuchinhLive) return;
  keepKernelsBack(app.docRegistry);
  loadAhead().catch(() => {}); // whatever asks for it again says what is wrong
  app.docRegistry.addWidgetExtension("Notebook", { createNew: (panel) => void attend(app, panel).catch((error) => console.warn(error)) });

  // JupyterLab covers the page with a dialog when the server is gone. A live page says so itself, above the text.
  const lost = app.serviceManager.connectionFailure;
  const tell = lost.emit.bind(lost);
  lost.emit = (error) => {
    const panel = app.shell.currentWidget;
    if (panel?.hasClass?.(ALIVE)) void hostAt(panel.context.path).then((host) => host.look()).catch(() => {});
    else tell(error);
  };
}

export const plugins = ({ INotebookCellExecutor }) => [runButton(INotebookCellExecutor), clearResults, nextCode, keyboard, printLinks, chrome, theme, { id: "buuchinh-learner:notebooks", autoStart: true, activate }];
