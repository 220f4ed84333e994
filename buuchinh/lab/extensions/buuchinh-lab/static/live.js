// Pages without code are alive when they open. JupyterLab is kept from starting a kernel; what the cells ask for comes
// from the server's own extension (buuchinh/live/), which reads it from their sources: outputs are not believed. A page with
// code of its own, or with anything that the server cannot show, gets its kernel and its button as before.
import { Carrier } from "./carrier.js";

const WAITING = "bc-waiting"; // not known yet: neither a button nor a hint to press it
const ALIVE = "bc-alive";
const WIDGET = "application/vnd.jupyter.widget-view+json";
const LESSON = /^bai-lam\/[^/]+\/l[0-9]{2}\//;
const AROUND = "lesson_end()"; // of a lesson that a trainee works on: how far, what is in it, what comes next
const SEEN_AGAIN = 1500; // milliseconds between two looks at what other windows did

function configured() {
  return JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
}

function codeCells(panel) {
  return panel.content.widgets.filter((cell) => cell.model.type === "code");
}

function showsCode(cell) {
  return !cell.model.getMetadata("jupyter")?.source_hidden;
}

// Whether a cell that asks for nothing stands there as it should: it has been run, and shows no widget.
function isStill(cell) {
  if (!cell) return true;
  const { outputs } = cell.model.toJSON();
  return outputs.length > 0 && !outputs.some((output) => WIDGET in (output.data ?? {}));
}

// JupyterLab calls a session ready that has no kernel, and the widgets' manager then looks for its kernel and throws.
// Here it is ready when there is one: who waits for a kernel waits, on a page that never gets one, for good.
const starts = new WeakMap();

function readyWithKernel(context) {
  if (starts.has(context)) return;
  const settled = context.ready;
  let started;
  const ready = new Promise((done) => (started = done));
  Object.defineProperty(context, "ready", { configurable: true, get: () => ready });
  starts.set(context, { settled, started });
}

async function startKernel(panel) {
  panel.removeClass(WAITING);
  const context = panel.sessionContext;
  const { settled, started } = starts.get(context);
  const name = context.kernelPreference.name || "python3";
  context.kernelPreference = { ...context.kernelPreference, shouldStart: true, autoStartDefault: true };
  await settled;
  if (!context.session?.kernel && !panel.isDisposed) await context.changeKernel({ name });
  started();
}

// What was handed out earlier says to press a button that is not there now: that sentence goes, the list counts anew.
function hidePress(panel, sentence) {
  for (const line of panel.node.querySelectorAll(".jp-RenderedMarkdown li")) {
    if (!line.textContent.startsWith(sentence)) continue;
    line.textContent = line.textContent.slice(sentence.length).trim();
    line.hidden = !line.textContent;
  }
}

// The start page says at which question a page is gone on with.
async function goToPlace(panel) {
  let place = null;
  try {
    place = JSON.parse(sessionStorage.getItem("buuchinh:go"));
  } catch {
    return;
  }
  if (place?.path !== panel.context.path) return;
  sessionStorage.removeItem("buuchinh:go");
  if (!place.question) return;
  const shown = () => [...panel.node.querySelectorAll("[data-question]")].find((one) => isAsked(one.dataset.question, place.question) && one.offsetParent);
  for (let tries = 0; tries < 50 && !shown(); tries += 1) await new Promise((done) => setTimeout(done, 100));
  shown()?.scrollIntoView({ block: "start" });
  shown()?.querySelector("input, select, textarea, button")?.focus({ preventScroll: true });
}

// A variant of a question bears the question's id and a name of its own.
function isAsked(shown, wanted) {
  return shown === wanted || shown.startsWith(`${wanted}-`);
}

// True where the page is alive without a kernel.
async function opened(panel, carriers) {
  const cells = codeCells(panel);
  if (!cells.length || cells.some(showsCode)) return false;
  const sources = cells.map((cell) => cell.model.sharedModel.getSource());
  const carrier = new Carrier(panel.context.path, LESSON.test(panel.context.path) ? [...sources, AROUND] : sources);
  const shown = await carrier.open().catch(() => null);
  if (!shown?.some((items) => items?.length) || shown.some((items, n) => !items && !isStill(cells[n] ?? null))) return false;
  await Promise.all(cells.map((cell) => cell.ready));
  await carrier.mount((n) => {
    const place = document.createElement("div");
    place.className = "bc-live";
    (cells[n] ?? panel.content.widgets[panel.content.widgets.length - 1]).node.append(place);
    return place;
  });
  carriers.set(panel, carrier);
  hidePress(panel, carrier.line.words.press);
  panel.disposed.connect(() => carrier.dispose());
  return true;
}

async function attend(panel, carriers) {
  panel.addClass(WAITING);
  await panel.context.ready;
  if (panel.isDisposed) return;
  if (await opened(panel, carriers)) {
    panel.addClass(ALIVE);
    panel.removeClass(WAITING);
    void goToPlace(panel);
  } else {
    await startKernel(panel);
  }
}

// Call `prepare` with the context of each notebook before anybody has seen its panel.
function beforeNotebooks(registry, prepare) {
  let factory = null;
  const find = () => {
    if (factory || !(factory = registry.getWidgetFactory("Notebook") ?? null)) return;
    const make = factory.createNew.bind(factory);
    factory.createNew = (context, source) => {
      prepare(context);
      return make(context, source);
    };
  };
  find();
  registry.changed.connect(find);
}

function activate(app) {
  if (!configured().buuchinhLive) return;
  const carriers = new Map();
  const registry = app.docRegistry;
  const preference = registry.getKernelPreference.bind(registry);
  registry.getKernelPreference = (path, widget, kernel) => {
    const found = preference(path, widget, kernel);
    const asked = !found || kernel || !path.endsWith(".ipynb");
    return asked ? found : { ...found, shouldStart: false, autoStartDefault: false };
  };
  beforeNotebooks(registry, (context) => readyWithKernel(context.sessionContext));
  registry.addWidgetExtension("Notebook", { createNew: (panel) => void attend(panel, carriers) });

  // JupyterLab covers the page with a dialog when the server is gone. A page that is alive says it by itself, above the text.
  const lost = app.serviceManager.connectionFailure;
  const tell = lost.emit.bind(lost);
  lost.emit = (error) => {
    const carrier = carriers.get(app.shell.currentWidget);
    if (carrier) void carrier.look();
    else tell(error);
  };

  // What another window, or another browser on this machine, has saved since is seen on coming back.
  let last = 0;
  const look = () => {
    if (document.visibilityState !== "visible" || Date.now() - last < SEEN_AGAIN) return;
    last = Date.now();
    carriers.get(app.shell.currentWidget)?.look();
  };
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  app.shell.currentChanged?.connect(() => carriers.get(app.shell.currentWidget)?.look());
}

export const plugin = { id: "buuchinh-lab:live", autoStart: true, activate };
