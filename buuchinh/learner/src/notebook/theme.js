// JupyterLab's own theme decides between light and dark for the screens within it (style/tokens.css).
export const plugin = { id: "buuchinh-learner:theme", autoStart: true, activate };

function activate() {
  const follow = () => {
    document.documentElement.dataset.theme = document.body.dataset.jpThemeLight === "false" ? "dark" : "light";
  };
  new MutationObserver(follow).observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  follow();
}
