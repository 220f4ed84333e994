import { h } from "../question/dom.js";

// Browsers that live inside a chat program: a download of what the page made does nothing there.
export function inChat() {
  return /Zalo|FBAN|FBAV|FB_IAB|Messenger|Instagram|\bLine\//u.test(navigator.userAgent);
}

// Asks the browser to keep a file its own way; whether it did, no page is told.
export function save(name, bytes, type) {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
