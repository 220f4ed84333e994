// Shows our outputs in JupyterLab, trusted or not: of the bundle it reads a part's name, an id and a day, and no string of it
// reaches the page. What is shown comes from the server.
import { h } from "../question/dom.js";
import { hostAt } from "./host.js";
import { followLinks } from "./links.js";
import { show } from "./parts.js";

const MIME = "application/vnd.buuchinh+json";
const ID = /^[a-z0-9-]{1,40}$/u;
const AGAIN = 3000; // milliseconds until a part is drawn again that the server did not answer for
const DAY = /^\d{4}-\d\d-\d\d$/u;

// Widget: Lumino's, as JupyterLab has it.
export function renderers(Widget) {
  class Part extends Widget {
    constructor(notebook) {
      super();
      this.notebook = notebook;
      this.turn = 0;
      this.node.lang = "vi";
      this.node.classList.add("bc-live", "hoc");
      this.node.setAttribute("data-lm-suppress-shortcuts", "true"); // Enter, Escape and letters belong to this part
      this.node.addEventListener("focusin", (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true"));
      followLinks(this.node, () => this.host);
    }

    async renderModel(model) {
      const mount = read(model.data[MIME]);
      this.node.dataset.part = mount?.part ?? "";
      this.turn += 1;
      const mine = this.turn;
      this.drawn?.dispose();
      this.drawn = null;
      try {
        if (!mount) throw new Error("mount");
        this.host = await hostAt(this.notebook);
        const drawn = await show(this.host, mount, this.node);
        if (mine === this.turn && !this.isDisposed) this.drawn = drawn;
        else drawn.dispose();
      } catch (error) {
        console.warn(error);
        if (error.kind === "unreachable" && mine === this.turn && !this.isDisposed) setTimeout(() => mine === this.turn && this.renderModel(model), AGAIN);
        this.node.replaceChildren(h("p", { class: "bc-refused", role: "alert" }, error.message || this.host?.say("not_loaded") || ""));
      }
    }

    dispose() {
      if (this.isDisposed) return;
      this.drawn?.dispose();
      super.dispose();
    }
  }

  const rendererFactory = { safe: true, mimeTypes: [MIME], defaultRank: 10, createRenderer: ({ resolver }) => new Part(resolver?.path ?? "") };
  return [{ id: "buuchinh-learner:renderer", rendererFactory, rank: 0, dataType: "json" }];
}

function read(bundle) {
  if (bundle?.version !== 1 || typeof bundle.part !== "string") return null;
  const { part, id, on } = bundle;
  const sound = (id === undefined || ID.test(id)) && (on === undefined || DAY.test(on));
  return sound ? { part, id, on } : null;
}

