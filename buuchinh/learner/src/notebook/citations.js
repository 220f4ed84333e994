// A link to a provision opens a dialog with its words, its dates and how sure they are.

function render({ model, el }) {
  const { citations, words } = model.get("payload");
  const dialog = document.createElement("dialog");
  dialog.className = "bc-law bc-part";
  dialog.lang = "vi";
  // Enter and Escape belong to this part: JupyterLab would take them for itself.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(dialog);
  const place = el.closest(".jp-Notebook") ?? document;

  function paragraph(text, tag = "p") {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }

  function open(found) {
    const close = paragraph(words.close, "button");
    close.addEventListener("click", () => dialog.close());
    const force = `${words.in_force}: ${found.dates}`;
    const state = found.state && `${words.state}: ${found.state}`;
    const lines = [found.words, found.amount, force, state, `${words.confidence}: ${found.confidence}`].filter(Boolean);
    const heading = paragraph(found.cite, "h2");
    heading.id = "bc-law-title";
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.replaceChildren(heading, paragraph(found.heading), ...lines.map((line) => paragraph(line)), close);
    dialog.showModal();
    close.focus();
  }

  function follow(event) {
    const link = event.target.closest?.("a[href]");
    const at = link?.getAttribute("href").indexOf("#") ?? -1;
    const found = at >= 0 && citations[decodeURIComponent(link.getAttribute("href").slice(at + 1))];
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    open(found);
  }

  place.addEventListener("click", follow, true);
  return () => place.removeEventListener("click", follow, true);
}

export default { render };
