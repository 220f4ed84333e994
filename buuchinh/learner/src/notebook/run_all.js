// Running the cells of a notebook one after the other, each awaited. JupyterLab's own "run all cells" sends all at once, and the
// kernel drops what waits behind an error: everything below the cell would vanish, questions and hand-in too. A result that was
// folded, so that one guesses it first, stays folded; it opens when its own cell is run.
const STOP = "notebook:interrupt-kernel";
const RAISES = "raises-exception"; // a cell that is meant to show an error

// Runs the cells; `runCell` runs one and tells onCellExecuted how it ended. Resolves to the cells with an error, or to null if
// it ended before the last cell: somebody stopped it, the kernel died, or `isCurrent` returns false.
export async function runInOrder(app, panel, runCell, isCurrent = () => true) {
  const notebook = panel.content;
  const failed = [];
  let stopped = false;
  const look = (_commands, { id }) => (stopped ||= id === STOP);
  app.commands.commandExecuted.connect(look);
  try {
    for (const cell of [...notebook.widgets]) {
      let ended = cell.model.type !== "code";
      let wrong = false;
      const onCellExecuted = ({ success }) => {
        ended = true;
        wrong = !success;
        if (wrong) cell.outputHidden = false;
      };
      const folded = cell.outputHidden;
      const running = runCell({
        cell,
        notebook: notebook.model,
        notebookConfig: notebook.notebookConfig,
        sessionContext: panel.sessionContext,
        onCellExecuted,
        onCellExecutionScheduled: () => {},
      });
      if (folded) cell.outputHidden = true; // JupyterLab opens it as the cell begins
      await running.then((done) => (ended ||= done), () => {}); // an error in the cell was reported before
      if (stopped || !ended || panel.isDisposed || !isCurrent()) return null;
      if (wrong && !(cell.model.getMetadata("tags") ?? []).includes(RAISES)) failed.push(cell);
    }
  } finally {
    app.commands.commandExecuted.disconnect(look);
  }
  return failed;
}
