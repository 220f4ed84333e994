// The one button of a lesson. JupyterLab's own "run all cells" does nothing where the kernel is not there yet, and a
// slow machine takes its time: this one says at once that it works, waits for the kernel, and only then runs the cells.
// Written as JupyterLab loads it (a module-federation container), so that no build is needed.
(() => {
  const COMMAND = "buuchinh:start";
  const PATIENCE = 90_000; // milliseconds: a first kernel on an old machine, with a virus scanner looking on
  const STEP = 200;

  const pause = (time) => new Promise((done) => setTimeout(done, time));

  // True once cells can run; false where no kernel came in time.
  async function kernelThere(context) {
    const until = Date.now() + PATIENCE;
    while (Date.now() < until) {
      const kernel = context.isReady && context.session?.kernel;
      if (kernel && kernel.connectionStatus === "connected" && kernel.status !== "unknown") return true;
      await pause(STEP);
    }
    return false;
  }

  function activate(app) {
    const opening = new Set();
    const here = () => app.shell.currentWidget;
    const redraw = () => app.commands.notifyCommandChanged(COMMAND);

    async function start() {
      const panel = here();
      if (!panel?.sessionContext || opening.has(panel)) return;
      opening.add(panel);
      redraw();
      try {
        await kernelThere(panel.sessionContext);
        // without a kernel too: JupyterLab then tries once more to start one
        if (here() === panel) await app.commands.execute("notebook:run-all-cells");
      } finally {
        opening.delete(panel);
        redraw();
      }
    }

    app.commands.addCommand(COMMAND, {
      label: (words) => (opening.has(here()) ? words.opening : words.start) ?? "",
      caption: (words) => words.what ?? "",
      execute: start,
    });
  }

  const plugin = { id: "buuchinh-start:plugin", autoStart: true, activate };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["buuchinh-start"] = { init: async () => {}, get: async () => () => plugin };
})();
