// A command that clears the results below cells with visible code, for passing on a page without one's own figures. Questions
// are outputs too, of cells with folded code: JupyterLab's own command would remove them.
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
