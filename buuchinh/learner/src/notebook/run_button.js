// The one button of a lesson, and the mark of a page on which something runs. JupyterLab's own "run all cells" does nothing if
// the kernel has not started yet, and a slow machine takes its time: this one says at once that it works, waits for the kernel, and
// only then runs the cells, past those with an error. On a page with code, its boxes being far down, it then says that the
// page has started, and can be pressed again.

import { configured } from "./api.js";
import { tellFailed } from "./failed_cells.js";
import { showsCode } from "./kernel_policy.js";
import { runInOrder } from "./run_all.js";
import { speak } from "./speaker.js";

const COMMAND = "buuchinh:start";
const AGAIN = "buuchinh:start-again";
const PATIENCE = 90_000; // milliseconds: a first kernel on an old machine, with a virus scanner looking on
const STEP = 200;
const NOT_YET = ["unknown", "starting", "restarting"];
const RUNS_ALL = ["notebook:run-all-cells", "notebook:restart-run-all"]; // the second is an instructor's
const WORK = "bai-lam/"; // the folder of a trainee's copies; the course itself is not written to

const pause = (time) => new Promise((done) => setTimeout(done, time));
const buttonOf = (panel) => panel.node.querySelector('[data-jp-item-name="bat-dau"] jp-button');

export async function kernelReady(context) {
  const until = Date.now() + PATIENCE;
  while (Date.now() < until) {
    const kernel = context.isReady && context.session?.kernel;
    if (kernel && kernel.connectionStatus === "connected" && !NOT_YET.includes(kernel.status)) return;
    await pause(STEP);
  }
}

// Returns true if the focus is on nothing that one would write in or press.
function idle() {
  const focused = document.activeElement;
  return focused === document.body || focused?.matches(".jp-Cell, .jp-Notebook, .jp-Spinner");
}

// Focuses the button when a notebook is opened with the keyboard, so that one is not behind it among all links of the text.
async function focusOnce(app, panel) {
  await panel.revealed;
  await pause(STEP); // JupyterLab first gives the focus to the text
  if (app.shell.currentWidget === panel && idle()) buttonOf(panel)?.focus();
}

// Shows the button that stops a cell while one runs: an endless loop shows nothing else.
function showRunning(panel, lost) {
  const context = panel.sessionContext;
  const tell = () => {
    const status = context.session?.kernel?.status;
    panel.toggleClass("bc-running", status === "busy");
    if (status === "dead" || status === "autorestarting") lost();
  };
  context.statusChanged.connect(tell);
  context.kernelChanged.connect(lost);
  tell();
}

// Adds the commands; `cells`: JupyterLab's own way to run one cell.
function activate(app, cells) {
  const opening = new Set();
  const again = new Set();
  const met = new WeakSet();
  const begun = new WeakMap(); // by page, the kernel in which its cells have run
  const runs = new WeakMap(); // by page, the token of its latest run
  const { buuchinhStarted, buuchinhStartedTold, buuchinhStartedAgain } = configured();
  speak(""); // exists before it says anything: a screen reader watches only regions it knows
  let byKeyboard = true;
  for (const kind of ["keydown", "pointerdown"]) {
    window.addEventListener(kind, () => (byKeyboard = kind === "keydown"), true);
  }
  const currentWidget = () => app.shell.currentWidget;
  const redraw = () => app.commands.notifyCommandChanged(COMMAND);
  const kernelOf = (panel) => panel?.sessionContext?.session?.kernel?.id;
  const hasBegun = (panel) => Boolean(buuchinhStarted && kernelOf(panel) && begun.get(panel) === kernelOf(panel));

  function mark(panel) {
    if (panel.isDisposed || !kernelOf(panel) || !panel.content.widgets.some((cell) => cell.model.type === "code" && showsCode(cell))) return;
    begun.set(panel, kernelOf(panel));
    panel.toggleClass("bc-started", hasBegun(panel));
    if (hasBegun(panel)) speak(buuchinhStartedTold);
    redraw();
  }

  function lose(panel) {
    begun.delete(panel);
    panel.removeClass("bc-started");
    redraw();
  }

  // Any command that runs all cells starts a page.
  app.commands.commandExecuted?.connect((_commands, { id, result }) => {
    const panel = currentWidget();
    if (!panel?.sessionContext || !RUNS_ALL.includes(id)) return;
    void Promise.resolve(result).then((done) => done !== false && mark(panel), () => {});
  });

  async function start() {
    const panel = currentWidget();
    if (panel?.sessionContext && !opening.has(panel)) await runAll(panel);
  }

  // Restarts and runs all. JupyterLab's own way loses the cells if the kernel that it stops has not started yet, or the new one is
  // slow. Running code (an endless loop too) does not hold this up.
  async function startAgain() {
    const panel = currentWidget();
    if (!panel?.sessionContext || again.has(panel)) return;
    again.add(panel);
    try {
      await runAll(panel, () => app.commands.execute("notebook:restart-kernel"));
    } finally {
      again.delete(panel);
    }
  }

  async function runAll(panel, before) {
    const run = {};
    runs.set(panel, run);
    opening.add(panel);
    tellFailed(panel, []);
    speak("");
    redraw();
    try {
      await kernelReady(panel.sessionContext);
      if (before && currentWidget() === panel) await before();
      if (before) await kernelReady(panel.sessionContext);
      if (currentWidget() !== panel || runs.get(panel) !== run) return;
      // without a kernel too: JupyterLab then tries once more to start one
      const failed = await runInOrder(app, panel, (options) => cells.runCell(options), () => runs.get(panel) === run);
      if (!failed) return;
      mark(panel);
      tellFailed(panel, failed);
    } finally {
      if (runs.get(panel) === run) end(panel);
    }
  }

  function end(panel) {
    opening.delete(panel);
    redraw();
    if (currentWidget() !== panel) return;
    if (byKeyboard && idle()) buttonOf(panel)?.focus();
    if (panel.context.path.startsWith(WORK)) void app.commands.execute("docmanager:save"); // or the browser asks on leaving
  }

  app.commands.addCommand(COMMAND, {
    label: (words) => (opening.has(currentWidget()) ? words.opening : hasBegun(currentWidget()) ? buuchinhStarted : words.start) ?? "",
    caption: (words) => (hasBegun(currentWidget()) ? buuchinhStartedAgain : words.what) ?? "",
    execute: start,
  });
  app.commands.addCommand(AGAIN, { label: (words) => words.label ?? "", caption: (words) => words.what ?? "", execute: startAgain });
  app.shell.currentChanged?.connect(() => {
    const panel = currentWidget();
    redraw();
    if (!panel?.sessionContext || met.has(panel)) return;
    met.add(panel);
    showRunning(panel, () => lose(panel));
    void focusOnce(app, panel);
  });
}

// Returns the plugin; `executor`: JupyterLab's token for the service that runs a cell.
export const pluginWith = (executor) => ({ id: "buuchinh-lab:start", autoStart: true, requires: [executor], activate });
