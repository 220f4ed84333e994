// The door for anywidget: the kernel is told of each answer and says when it is on disk.
import "buuchinh:types";
import { mount } from "../question/question.js";
import { isKnown, typeOf } from "../question/registry.js";

export function render({ model, el }) {
  // Arrows, Enter and letters belong to the question: JupyterLab would move to another cell, or delete this one.
  // It looks for this mark on the element that has the focus before it looks at those around it.
  el.addEventListener("focusin", (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true"));
  el.addEventListener("keydown", keepBrowserFromSaving);
  const handle = mount(el, {
    ...model.get("payload"),
    answer: model.get("answer"),
    answeredAt: model.get("answered_at"),
    remark: model.get("remark"),
    onRemark: model.get("may_remark") ? (text) => model.send({ kind: "remark", text }) : null,
    onAnswer: (answer, number) => model.send({ kind: "answer", answer, number }),
  });
  const heard = (message) => {
    if (message.kind === "remarked") handle.remarked(message.at);
    if (message.kind === "saved") handle.saved(message.at, message.number);
    if (message.kind === "failed" && !message.number) handle.remarkFailed(message.why); // only answers bear numbers
    else if (message.kind === "failed") handle.failed(message.why);
    if (message.kind === "elsewhere") handle.elsewhere(model.get("answer"), model.get("answered_at"));
  };
  // Only values from code arrive from the kernel; what is typed here must not be overwritten by its own echo.
  const { question } = model.get("payload");
  const arrived = () => isKnown(question) && typeOf(question).fromCode && handle.show(model.get("answer"));
  const reminded = () => handle.remind(model.get("lacks_submit") === true);
  reminded();
  model.on("change:lacks_submit", reminded);
  model.on("msg:custom", heard);
  model.on("change:answer", arrived);
  return () => {
    model.off("msg:custom", heard);
    model.off("change:answer", arrived);
    model.off("change:lacks_submit", reminded);
    handle.dispose();
  };
}

// Ctrl+S would open the browser's own dialog, since JupyterLab is not asked; answers are saved at each change.
function keepBrowserFromSaving(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
}

export { mount };
export { parseNumber } from "../question/number.js";
export { score } from "../question/scoring.js";
export default { render };
