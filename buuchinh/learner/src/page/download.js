import { h } from "../question/dom.js";

// Tells whether the page is open inside a chat program, in which downloading a file that the page made does nothing.
export function inChat() {
  return /Zalo|FBAN|FBAV|FB_IAB|Messenger|Instagram|\bLine\//u.test(navigator.userAgent);
}

// Makes the browser download a file; no page learns whether it did.
export function save(name, bytes, type) {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
