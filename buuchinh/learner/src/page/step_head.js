// The head of a step of a lesson or a sheet: the way back, its title, the progress, the way out in danger.
import { h } from "../question/dom.js";
import { segmentRow } from "../screens/segments.js";
import { EMERGENCY } from "../routes.js";

const ICON = { back: "M15 5l-7 7 7 7", phone: "M5 4h4l2 5-2.5 1.8a12 12 0 0 0 4.7 4.7L15 13l5 2v4a2 2 0 0 1-2 2A15 15 0 0 1 3 6a2 2 0 0 1 2-2z" };

function icon(name) {
  const made = h("span", {});
  made.innerHTML = `<svg class="hoc-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${ICON[name]}"/></svg>`;
  return made.firstElementChild;
}

// Returns the head. segments: "right", "again" (answered and not right), "here" or "ahead", in order; told: the same for screen
// readers; place: the same in a few words, which open the list of all steps; short: for a telephone.
/** @type {(host: Host, props: { title: string, back?: { href: string, label: string }, open: () => void }) => { element: HTMLElement, set: (props: { segments: string[], told: string, place: string, short: string }) => void }} */
export function stepHead(host, { title, back = { href: "#/", label: host.say("to_home") }, open }) {
  const segments = segmentRow();
  const place = h("button", { type: "button", class: "hoc-place", "aria-haspopup": "dialog", onclick: open });
  const element = h("div", { class: "hoc-step-head" },
    h("a", { class: "hoc-back", href: back.href, "aria-label": back.label }, icon("back")),
    h("strong", { class: "hoc-of-unit" }, title),
    segments.element,
    place,
    h("span", { class: "hoc-aa-place" }),
    h("a", { class: "hoc-call", href: `#/${EMERGENCY}`, "aria-label": host.say("emergency") }, icon("phone"), h("span", {}, host.say("emergency"))));
  return {
    element,
    set(props) {
      segments.set(props.segments, props.told);
      place.replaceChildren(h("span", { class: "hoc-long" }, props.place), h("span", { class: "hoc-short", "aria-hidden": "true" }, props.short));
    },
  };
}
