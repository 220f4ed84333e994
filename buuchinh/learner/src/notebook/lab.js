// Shared by the parts of a notebook: addresses of the server, messages to the kernel, Enter in a form.

function at(kind, path) {
  const config = document.getElementById("jupyter-config-data");
  const base = config ? JSON.parse(config.textContent).baseUrl : "/";
  return `${base}${kind}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

export function pageAddress(path) {
  return at("doc/tree", path);
}

// A page that the server shows as it is, in a window of its own.
export function shownAddress(path) {
  return at("files", path);
}

export function fileAddress(path) {
  return `${at("files", path)}?download=1`;
}

// Return a function that sends to the kernel. Each message back goes to `heard`; where none comes within `patience`
// (milliseconds), `silent` is called: no kernel runs.
export function talk(model, patience, silent, heard) {
  let waiting = 0;
  model.on("msg:custom", (message) => {
    clearTimeout(waiting);
    heard(message);
  });
  return (content) => {
    clearTimeout(waiting);
    waiting = setTimeout(silent, patience);
    model.send(content);
  };
}

// Within a notebook Enter does not submit a form by itself.
export function submitOnEnter(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}

// Draw anew without losing the keyboard's place: what had the focus may be gone, so the first thing to press gets it.
export function redraw(place, ...children) {
  const had = place.contains(document.activeElement);
  place.replaceChildren(...children);
  if (had) place.querySelector("a[href], button, input, summary")?.focus();
}
