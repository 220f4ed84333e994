// Before anything is drawn: the size of the text and the ground that were chosen on this device (head/look.js). Then asks for
// what the address names while the rest of the document still arrives. Read by any browser.
(() => {
  var root = document.documentElement;
  try {
    var look = JSON.parse(localStorage.getItem("buuchinh look")) || {};
    if (/^[12]$/.test(look.size)) root.setAttribute("data-size", look.size);
    if (/^(light|dark)$/.test(look.theme)) root.setAttribute("data-theme", look.theme);
  } catch (_) {
    // a browser that keeps nothing: the system's own
  }
  var id = (/^#\/((?:l|bt)\d\d|kt\d)(?:\/|$)/.exec(location.hash) || [])[1];
  var files = !id ? [] : id.charAt(0) === "b" ? ["hoc-bai", "bai/" + id] : ["hoc-bai", "bai/" + id, "bai/luat"];
  for (var at = 0; at < files.length; at += 1) {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "script";
    link.href = files[at] + ".js";
    document.head.appendChild(link);
  }
})();
