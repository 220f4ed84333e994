// Saves of one notebook, one after the other: JupyterLab compares the file on disk with its last save, so a save that begins
// while another runs finds a file that "has changed" and asks whether to overwrite it.

// Makes each save of `context` wait for the one before, in any caller.
export function saveInTurn(context) {
  const save = context.save.bind(context);
  let last = Promise.resolve();
  context.save = () => {
    const saving = last.then(save);
    last = saving.catch(() => {});
    return saving;
  };
}
