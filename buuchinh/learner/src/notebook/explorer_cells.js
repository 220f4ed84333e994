// Cells that explore a table: their picture is shown without a kernel. A button starts one for those who want to change its
// values; an officer, who reads code, sees the cell opened.
import { button, h } from "../question/dom.js";
import { roleOf } from "../work/path.js";
import { startKernel } from "./kernel_policy.js";
import { kernelReady } from "./run_button.js";

const TAG = "kham-pha";
const READS_CODE = "officer";

function explorersOf(panel) {
  return panel.content.widgets.filter((cell) => cell.model.type === "code" && (cell.model.getMetadata("tags") ?? []).includes(TAG));
}

export async function attendExplorers(app, host, panel, started) {
  const cells = explorersOf(panel);
  if (cells.length === 0) return;
  const opened = (await roleOf(host))?.id === READS_CODE;
  let kernel = started ?? (opened ? startKernel(panel) : null);
  for (const cell of cells) {
    if (opened) open(cell);
    cell.node.append(pressed(host, async () => {
      await (kernel ??= startKernel(panel));
      await kernelReady(panel.sessionContext);
      await run(app, panel, cell);
    }));
  }
}

// Opens a cell in the view alone: its state in the file does not change.
function open(cell) {
  cell.syncCollapse = false;
  cell.inputHidden = false;
}

function pressed(host, explore) {
  const press = button(host.say("explore"), async () => {
    press.disabled = true;
    press.textContent = host.say("exploring");
    try {
      await explore();
      place.remove();
    } catch {
      press.disabled = false;
      press.textContent = host.say("explore");
    }
  }, "hoc-quiet");
  const place = h("div", { class: "bc-live hoc bc-explore", lang: "vi" }, press);
  return place;
}

async function run(app, panel, cell) {
  const { content } = panel;
  content.deselectAll();
  content.activeCellIndex = content.widgets.indexOf(cell);
  await app.commands.execute("notebook:run-cell");
}
