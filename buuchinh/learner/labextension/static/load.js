// As JupyterLab loads an extension (a module-federation container), by hand: the convention's own way, webpack and its
// hundreds of packages, gives the same two functions. Lumino's Widget and the token of what runs a cell must be JupyterLab's own.
(() => {
  const here = document.currentScript.src;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("./learner.css", here).href });
  document.head.append(sheet);
  let scope;
  const get = async (name) => {
    const theirs = async (what) => (await Object.values(scope[what])[0].get())();
    const module = await import(new URL("./learner.js", here));
    const made = name === "./mimeExtension" ? module.renderers((await theirs("@lumino/widgets")).Widget) : module.plugins(await theirs("@jupyterlab/notebook"));
    return () => ({ __esModule: true, default: made });
  };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["buuchinh-learner"] = { init: async (shared) => (scope = shared), get };
})();
