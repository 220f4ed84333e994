// What notebook/frontend/lab.js gives to the scripts of a notebook, here where there is no server: the page answers itself.

// An address that the page made is one already.
export function fileAddress(address) {
  return address;
}

export function talk(model, _patience, _silent, heard) {
  model.on("msg:custom", heard);
  return (content) => model.send(content);
}

// Draw anew without losing the keyboard's place: what had the focus may be gone, so the first thing to press gets it.
export function redraw(place, ...children) {
  const had = place.contains(document.activeElement);
  place.replaceChildren(...children);
  if (had) place.querySelector("a[href], button, input, summary")?.focus();
}
