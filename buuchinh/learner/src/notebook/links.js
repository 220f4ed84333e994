// Addresses of pages, which work in notebooks too: "#/l05/3/l05-q09", "#/on-tap", "#/" for the start page.
import { button, h } from "../question/dom.js";
import { codeForm } from "../screens/code_form.js";

const PATIENCE = 50; // tries, each a tenth of a second: a question may have to come from the server first

// Follows the links within an element; JupyterLab, which rewrites them, does not see the click.
export function followLinks(element, hostOf) {
  const onClick = (event) => {
    const link = event.target.closest?.('a[href^="#/"]');
    const host = link && hostOf();
    if (!host) return;
    event.preventDefault();
    event.stopPropagation();
    void go(host, link.getAttribute("href"));
  };
  element.addEventListener("click", onClick, true);
}

async function go(host, address) {
  try {
    await host.go(address);
  } catch (error) {
    tell(host, error, address);
  }
}

// Says why an address does not open; if only a code is missing, asks for it and then goes on.
function tell(host, error, address) {
  const dialog = h("dialog", { class: "hoc-law", lang: "vi", "aria-labelledby": "hoc-told", onclose: () => dialog.remove() });
  const close = () => dialog.close();
  const goOn = async () => {
    close();
    await go(host, address);
  };
  const words = error.needsCode ? host.say("needs_code") : error.message || host.say("not_loaded");
  dialog.append(
    h("p", { id: "hoc-told", role: "alert" }, words),
    ...(error.needsCode ? [codeForm(host, goOn)] : []),
    button(host.course.words.law.close, close, error.needsCode ? "hoc-quiet" : "hoc-button"),
  );
  const ground = h("div", { class: "bc-live hoc" }, dialog);
  ground.setAttribute("data-lm-suppress-shortcuts", "true");
  dialog.addEventListener("close", () => ground.remove());
  document.body.append(ground);
  dialog.showModal();
  dialog.querySelector("input")?.focus();
}

// Scrolls to a question of a page, or a part of the start page, as soon as it is displayed.
export async function showPlace(root, { question, part }) {
  if (!question && !part) {
    root.querySelector(".jp-Cell")?.scrollIntoView({ block: "start" });
    return;
  }
  const find = () => (question ? questionIn(root, question) : root.querySelector(`[data-part="${part}"] > *`));
  for (let tries = 0; tries < PATIENCE && !find(); tries += 1) await pause();
  const target = find();
  if (!target) return;
  await unfold(root, target);
  (taskOf(target) ?? target).scrollIntoView({ block: "start" });
  if (question) target.querySelector("input, select, textarea, button")?.focus({ preventScroll: true });
}

const pause = () => new Promise((done) => setTimeout(done, 100));

// Finds a question by its id; a variant has that id with a suffix of its own.
function questionIn(root, id) {
  return [...root.querySelectorAll("[data-question]")].find(({ dataset: { question } }) => question === id || question.startsWith(`${id}-`));
}

// Returns the task of a question answered by code: the text with the heading above that code, if there is one.
function taskOf(target) {
  const above = (cell) => cell?.previousElementSibling ?? null;
  let cell = above(target.closest(".jp-Cell"));
  const isCode = () => cell?.matches(".jp-CodeCell") && cell.querySelector(".jp-InputArea-editor")?.offsetParent;
  if (!isCode()) return null;
  while (isCode()) cell = above(cell);
  return cell?.querySelector(".jp-RenderedMarkdown :is(h2, h3)") ?? null;
}

// Unfolds the headings that hide an element, the outermost first.
async function unfold(root, target) {
  for (let tries = 0; tries < PATIENCE && !target.offsetParent; tries += 1) {
    const folded = [...root.querySelectorAll(".jp-MarkdownHeadingCollapsed .jp-collapseHeadingButton")];
    const above = folded.filter((heading) => heading.offsetParent && heading.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING);
    above.pop()?.click();
    await pause();
  }
}
