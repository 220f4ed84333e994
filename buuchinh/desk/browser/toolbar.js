// A row of buttons as one stop of the Tab key: the arrows, Home and End go within.

/** @param {HTMLElement} place @param {number} [first] the button that Tab stops at before any was focused */
export function oneStop(place, first = 0) {
  const buttons = () => /** @type {HTMLElement[]} */ ([...place.querySelectorAll("button")]);
  /** @param {HTMLElement} stop */
  const stopAt = (stop) => {
    for (const button of buttons()) button.tabIndex = button === stop ? 0 : -1;
  };
  place.setAttribute("role", "toolbar");
  stopAt(buttons()[first]);
  place.addEventListener("focusin", (event) => stopAt(/** @type {HTMLElement} */ (event.target)));
  place.addEventListener("keydown", (event) => {
    const all = buttons(), at = all.indexOf(/** @type {HTMLElement} */ (event.target)), last = all.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    all[to].focus();
  });
}
