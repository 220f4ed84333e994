// Applies the chosen text size and colours of this device before anything is drawn (head/look.js). Its syntax is one that any
// browser can parse.
(() => {
  var root = document.documentElement;
  var look;
  try {
    look = JSON.parse(localStorage.getItem("buuchinh look")) || {};
    if (/^[12]$/.test(look.size)) root.setAttribute("data-size", look.size);
    if (/^(light|dark)$/.test(look.theme)) root.setAttribute("data-theme", look.theme);
  } catch (_) {
    // the browser stores nothing: its own settings apply
  }
})();
