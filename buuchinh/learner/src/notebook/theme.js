// JupyterLab's own theme decides between light and dark for the screens within it (style/tokens.css).
export const plugin = { id: "buuchinh-learner:theme", autoStart: true, activate: () => void follow() };

// Follows the theme from now on; returns a function that ends that. A page without such a theme stays as it is.
export function follow() {
  const look = () => {
    const { jpThemeLight } = document.body.dataset;
    if (jpThemeLight) document.documentElement.dataset.theme = jpThemeLight === "false" ? "dark" : "light";
  };
  const watching = new MutationObserver(look);
  watching.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  look();
  return () => watching.disconnect();
}
