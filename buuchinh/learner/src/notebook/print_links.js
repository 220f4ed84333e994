// Links to printable sheets, which are pages of their own. JupyterLab would show one inside itself: in place of the lesson,
// without a way back, and cut off on paper. Such a link opens in a new tab, as the file is on the disk.

const SHEET = /\/files\/.*\/phu-luc\/[^/]+\.html$/;

function activate() {
  // on the window, so before JupyterLab's own listeners
  window.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest?.(".jp-RenderedMarkdown a[href]"));
    if (!link || !SHEET.test(new URL(link.href).pathname)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.open(link.href, "_blank", "noopener");
  }, true);
}

export const plugin = { id: "buuchinh-lab:sheets", autoStart: true, activate };
