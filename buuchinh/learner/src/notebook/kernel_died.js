// A kernel that died: JupyterLab says so in English and offers no way on. Here our words say it, with the button to press.
import { button, h } from "../question/dom.js";

export function tellWhenKernelDies(host, panel) {
  let openDialog = null;
  // JupyterLab takes its own dialog as shown already
  Object.defineProperty(panel, "_autorestarting", { configurable: true, get: () => true, set() {} });

  function tell() {
    if (openDialog) return;
    const dialog = h("dialog", { class: "hoc-law", lang: "vi", "aria-labelledby": "hoc-died", onclose: () => ground.remove() },
      h("p", { id: "hoc-died", role: "alert" }, host.say("kernel_died")),
      button(host.course.words.law.close, () => dialog.close(), "hoc-button"));
    const ground = h("div", { class: "bc-live hoc" }, dialog);
    ground.setAttribute("data-lm-suppress-shortcuts", "true");
    dialog.addEventListener("close", () => (openDialog = null));
    document.body.append(ground);
    dialog.showModal();
    openDialog = dialog;
  }

  panel.sessionContext.statusChanged.connect((_context, status) => {
    if (status === "autorestarting") tell();
  });
}
