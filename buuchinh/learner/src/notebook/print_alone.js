// Printing of one element alone: in a frame of its own, so that the notebook around it stays off the paper.
import { h } from "../question/dom.js";

const LOOK = "body { font: 14pt/1.5 system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; } dt { color: #444; } dd { margin: 0 0 .4em; font-weight: 600; overflow-wrap: anywhere; }";

export function printAlone(element, title) {
  const frame = h("iframe", { title, style: "position: fixed; width: 0; height: 0; border: 0;", "aria-hidden": "true" });
  document.body.append(frame);
  const page = frame.contentDocument;
  page.title = title;
  page.documentElement.lang = "vi";
  page.head.append(h("style", {}, LOOK));
  page.body.append(element.cloneNode(true));
  frame.contentWindow.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  frame.contentWindow.print();
}
