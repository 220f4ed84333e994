// Asks for the page that the address names while the rest of the document still arrives. Read by any browser.
(() => {
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
