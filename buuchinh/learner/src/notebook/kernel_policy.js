// The choice of notebooks that get a kernel: those with code that is seen, with output that we do not show, or without a part of
// the course. JupyterLab is prevented from starting one by itself; its settings have no "none".

const MIME = "application/vnd.buuchinh+json";
const WIDGET = "application/vnd.jupyter.widget-view+json";

function codeCells(panel) {
  return panel.content.widgets.filter((cell) => cell.model.type === "code");
}

export function showsCode(cell) {
  return !cell.model.getMetadata("jupyter")?.source_hidden;
}

const ONLY_IMPORTS = /^(?:\s*(?:#.*|(?:from\s+[\w.]+\s+)?import\s+[\w.,* ]+)?(?:\n|$))*$/u;

// Tells whether a cell looks right without being run: it shows a part of the course, or its last output.
function isStill(cell) {
  if (ONLY_IMPORTS.test(cell.model.sharedModel.getSource())) return true;
  const types = typesOf(cell);
  return types.includes(MIME) || (types.length > 0 && !types.includes(WIDGET));
}

function typesOf(cell) {
  return cell.model.toJSON().outputs.flatMap((output) => Object.keys(output.data ?? { [output.output_type]: "" }));
}

export function needsKernel(panel) {
  const cells = codeCells(panel);
  return !cells.some((cell) => typesOf(cell).includes(MIME)) || cells.some(showsCode) || !cells.every(isStill);
}

// JupyterLab calls a session without a kernel ready, and the widgets' manager then looks for its kernel and throws.
// Here it is ready once there is a kernel: on a page that never gets one, code that waits for it waits for good.
const starts = new WeakMap();

function readyWithKernel(context) {
  if (starts.has(context)) return;
  const settled = context.ready;
  let started;
  const ready = new Promise((done) => (started = done));
  Object.defineProperty(context, "ready", { configurable: true, get: () => ready });
  starts.set(context, { settled, started });
}

export async function startKernel(panel) {
  const context = panel.sessionContext;
  const { settled, started } = starts.get(context);
  const name = context.kernelPreference.name || "python3";
  context.kernelPreference = { ...context.kernelPreference, shouldStart: true, autoStartDefault: true };
  await settled;
  if (!context.session?.kernel && !panel.isDisposed) await context.changeKernel({ name });
  started();
}

export function keepKernelsBack(registry) {
  const preference = registry.getKernelPreference.bind(registry);
  registry.getKernelPreference = (path, widget, kernel) => {
    const kernelPreference = preference(path, widget, kernel);
    const keepsPreference = !kernelPreference || kernel || !path.endsWith(".ipynb");
    return keepsPreference ? kernelPreference : { ...kernelPreference, shouldStart: false, autoStartDefault: false };
  };
  beforeNotebooks(registry, (context) => readyWithKernel(context.sessionContext));
}

// Calls `prepare` with the context of each notebook before its panel is displayed.
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
