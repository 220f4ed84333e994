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
