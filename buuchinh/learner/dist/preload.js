// Applies the chosen text size and colours of this device before anything is drawn (head/look.js), then requests the page that
// the address names while the rest of the document still loads. Its syntax is one that any browser can parse.
(() => {
  var root = document.documentElement;
  try {
    var look = JSON.parse(localStorage.getItem("buuchinh look")) || {};
    if (/^[12]$/.test(look.size)) root.setAttribute("data-size", look.size);
    if (/^(light|dark)$/.test(look.theme)) root.setAttribute("data-theme", look.theme);
  } catch (_) {
    // the browser stores nothing: its own settings apply
  }
  var id = (/^#\/((?:l|bt)\d\d|kt\d)(?:\/|$)/.exec(location.hash) || [])[1];
  var files = id ? ["hoc-bai", "bai/" + id] : [];
  for (var n = 0; n < files.length; n += 1) {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "script";
    link.href = files[n] + ".js";
    document.head.appendChild(link);
  }
})();
