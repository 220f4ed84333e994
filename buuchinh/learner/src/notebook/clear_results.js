// Clears what stands below the cells with code that is seen, as before a page with one's own figures is passed on. Questions are
// outputs too, of cells whose code is folded: JupyterLab's own command would take them away.
import { showsCode } from "./kernel_policy.js";

function activate(app) {
  app.commands.addCommand("buuchinh:clear-results", {
    label: (words) => words.label ?? "",
    caption: (words) => words.what ?? "",
    execute: async () => {
      const panel = app.shell.currentWidget;
      for (const cell of panel?.content?.widgets ?? []) if (cell.model.type === "code" && showsCode(cell)) cell.model.clearExecution();
      if (panel?.context) await app.commands.execute("docmanager:save");
    },
  });
}

export const plugin = { id: "buuchinh-lab:clear-results", autoStart: true, activate };
