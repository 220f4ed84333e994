// An element of a page in which a part of the course is drawn, and redrawn after the server did not answer. From its input it
// reads a part's name, an id and a day, and no string of the input reaches the page.
import { h } from "../question/dom.js";
import { followLinks } from "./links.js";
import { show } from "./parts.js";

const ID = /^[a-z0-9-]{1,40}$/u;
const DAY = /^\d{4}-\d\d-\d\d$/u;
const AGAIN = 3000; // milliseconds until a part is redrawn after the server did not answer

// Draws into `node`; `hostOf` resolves to the host of the notebook, `standin` is displayed below a refusal.
export function partIn(node, hostOf, standin = []) {
  let turn = 0;
  let gone = false;
  let drawn = null;
  let host = null;
  node.lang = "vi";
  node.classList.add("bc-live", "hoc");
  node.setAttribute("data-lm-suppress-shortcuts", "true"); // Enter, Escape and letters belong to this part
  node.addEventListener("focusin", (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true"));
  followLinks(node, () => host);

  async function draw(content) {
    const mount = read(content);
    node.dataset.part = mount?.part ?? "";
    turn += 1;
    const ownTurn = turn;
    const current = () => ownTurn === turn && !gone;
    drawn?.dispose();
    drawn = null;
    try {
      if (!mount) throw new Error("mount");
      host = await hostOf();
      const made = await show(host, mount, node);
      if (current()) drawn = made;
      else made.dispose();
    } catch (error) {
      console.warn(error);
      if (gone) return;
      if (error.kind === "unreachable" && current()) setTimeout(() => current() && draw(content), AGAIN);
      node.replaceChildren(h("p", { class: "bc-refused", role: "alert" }, error.message || host?.say("not_loaded") || ""), ...standin);
    }
  }

  return {
    draw,
    dispose() {
      gone = true;
      drawn?.dispose();
    },
  };
}

function read(content) {
  if (content?.version !== 1 || typeof content.part !== "string") return null;
  const { part, id, on } = content;
  const sound = (id === undefined || ID.test(id)) && (on === undefined || DAY.test(on));
  return sound ? { part, id, on } : null;
}
