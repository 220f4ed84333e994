// Rendering of our outputs in JupyterLab, trusted or not: their content comes from the server.
import { hostAt } from "./notebook_host.js";
import { partIn } from "./part.js";

const MIME = "application/vnd.buuchinh+json";

// Returns the renderers. Widget: Lumino's, as JupyterLab has it.
export function renderers(Widget) {
  class Part extends Widget {
    constructor(notebook) {
      super();
      this.part = partIn(this.node, () => hostAt(notebook));
    }

    renderModel(model) {
      return this.part.draw(model.data[MIME]);
    }

    dispose() {
      if (this.isDisposed) return;
      this.part.dispose();
      super.dispose();
    }
  }

  const rendererFactory = { safe: true, mimeTypes: [MIME], defaultRank: 10, createRenderer: ({ resolver }) => new Part(resolver?.path ?? "") };
  return [{ id: "buuchinh-learner:renderer", rendererFactory, rank: 0, dataType: "json" }];
}
