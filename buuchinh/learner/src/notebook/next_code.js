// Running a cell with Shift+Enter goes on to the next cell that can be run: JupyterLab goes to whatever is below, mostly a text
// or a question, where the same keys do nothing.

import { showsCode } from "./kernel_policy.js";

const RUN_ON = ["notebook:run-cell-and-select-next", "runmenu:run"]; // the button's, and that of the keys

// The index of the first cell with code that is seen, from one on; -1 where there is none.
export function nextCode(cells, from) {
  return cells.findIndex((cell, n) => n >= from && cell.model.type === "code" && showsCode(cell));
}

function goOn(panel) {
  const { content } = panel;
  const next = nextCode(content.widgets, content.activeCellIndex);
  if (next < 0) return;
  content.activeCellIndex = next;
  if (content.node.contains(document.activeElement)) content.mode = "edit"; // the keys are heard in an editor alone
}

// JupyterLab has gone one cell further by the time it tells of the command.
function activate(app) {
  app.commands.commandExecuted?.connect((_commands, { id }) => {
    const panel = app.shell.currentWidget;
    if (RUN_ON.includes(id) && panel?.sessionContext) goOn(panel);
  });
}

export const plugin = { id: "buuchinh-lab:next-code", autoStart: true, activate };
