// What the parts of a notebook share: addresses of the server, and Enter in a form.

function at(kind, path) {
  const config = document.getElementById("jupyter-config-data");
  const base = config ? JSON.parse(config.textContent).baseUrl : "/";
  return `${base}${kind}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

export function pageAddress(path) {
  return at("doc/tree", path);
}

export function fileAddress(path) {
  return `${at("files", path)}?download=1`;
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
