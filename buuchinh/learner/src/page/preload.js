// Requests the page that the address names while the rest of the document still loads. It stands within the document, for a file
// of its own would first have to travel; where a server's policy forbids that, pages only come later. Any browser can parse it.
(() => {
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
