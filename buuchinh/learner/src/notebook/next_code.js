// After Shift+Enter the next cell that can be run is selected: JupyterLab selects whatever is below, mostly a text or a
// question, where the same keys do nothing.

import { showsCode } from "./kernel_policy.js";

const RUN_ON = ["notebook:run-cell-and-select-next", "runmenu:run"]; // the command of the button, and that of the keys

// Returns the index of the first cell with visible code, from one on; -1 if there is none.
export function nextCode(cells, from) {
  return cells.findIndex((cell, n) => n >= from && cell.model.type === "code" && showsCode(cell));
}

function goOn(panel) {
  const { content } = panel;
  const next = nextCode(content.widgets, content.activeCellIndex);
  if (next < 0) return;
  content.activeCellIndex = next;
  if (content.node.contains(document.activeElement)) content.mode = "edit"; // only an editor listens to the keys
}

// Listens to the commands; by the time JupyterLab reports one it has moved one cell further.
function activate(app) {
  app.commands.commandExecuted?.connect((_commands, { id }) => {
    const panel = app.shell.currentWidget;
    if (RUN_ON.includes(id) && panel?.sessionContext) goOn(panel);
  });
}

export const plugin = { id: "buuchinh-lab:next-code", autoStart: true, activate };
