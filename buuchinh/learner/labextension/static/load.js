// As JupyterLab loads an extension (a module-federation container), by hand: the convention's own way, webpack and its
// hundreds of packages, gives the same two functions. Lumino's Widget must be JupyterLab's own.
(() => {
  const here = document.currentScript.src;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("./learner.css", here).href });
  document.head.append(sheet);
  let scope;
  const get = async (name) => {
    const [module, lumino] = await Promise.all([import(new URL("./learner.js", here)), Object.values(scope["@lumino/widgets"])[0].get()]);
    const made = name === "./mimeExtension" ? module.renderers(lumino().Widget) : module.plugins;
    return () => ({ __esModule: true, default: made });
  };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["buuchinh-learner"] = { init: async (shared) => (scope = shared), get };
})();
