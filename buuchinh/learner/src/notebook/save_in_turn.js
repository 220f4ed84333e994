// Saves of one notebook, one after the other: JupyterLab compares with the disk what it saved last, so a save that begins while another
// runs finds a file that "has changed" and asks whether to overwrite it.

// From now on each save of `context` waits for the one before, whoever asks for it.
export function saveInTurn(context) {
  const save = context.save.bind(context);
  let last = Promise.resolve();
  context.save = () => {
    const mine = last.then(save);
    last = mine.catch(() => {});
    return mine;
  };
}
