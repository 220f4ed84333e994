// Written as JupyterLab loads an extension (a module-federation container), so that no build is needed.
(() => {
  const get = async () => {
    const parts = await Promise.all([import("./start.js"), import("./quiet.js"), import("./sheets.js"), import("./live.js"), import("./page.js")]);
    return () => parts.map((part) => part.plugin);
  };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["buuchinh-lab"] = { init: async () => {}, get };
})();
