// The form for the trainee's code, asked once; a guest's work goes to the person who gives a code, and if it may be somebody
// else's, the form asks whose it is.
import { button, h, unbroken } from "../question/dom.js";
import { codeFault, codeOf } from "../logic/codes.js";

/** @param {Host} host */
export function codeForm(host, goOn) {
  const input = h("input", { id: "hoc-code", autocomplete: "off", spellcheck: "false", "aria-describedby": "hoc-code-hint" });
  const status = h("p", { class: "hoc-alarm", role: "alert", hidden: true });
  async function submit(event) {
    event.preventDefault();
    const code = codeOf(input.value);
    status.hidden = code !== null;
    if (code === null) {
      status.textContent = host.say(codeFault(input.value), { typed: input.value.trim().slice(0, 40) });
      input.focus();
      return;
    }
    await confirmCode(host, code, box, goOn);
  }
  const form = h("form", { class: "hoc-code", onsubmit: submit },
    h("label", { for: "hoc-code" }, host.say("code_label")), input,
    h("button", { type: "submit", class: "hoc-button" }, host.say("code_save")),
    h("p", { class: "hoc-note", id: "hoc-code-hint" }, ...unbroken(host.say("code_hint"))), status);
  const box = h("div", {}, form);
  return box;
}

// Makes the code the current one, then goes on; asks first, in `box`, for the owner of a guest's work, if uncertain.
// `always`: the code was not typed by the person who began as a guest, so it is uncertain whenever there is such work.
/** @param {Host} host */
export async function confirmCode(host, code, box, goOn, always = false) {
  await host.settled(); // what was typed a moment ago counts too
  const work = await host.guestWork(code);
  if (!work.asks && !(always && work.count)) {
    await host.become(code, true);
    await goOn();
    return;
  }
  const decided = (taken) => async () => {
    await host.become(code, taken);
    await goOn();
  };
  const titles = work.units.filter((unit) => host.course.units[unit]).map(host.titleOf);
  const heading = h("h2", { tabindex: "-1" }, host.say("whose", { count: work.count }));
  box.replaceChildren(h("section", { class: "hoc-whose" },
    heading,
    titles.length ? h("p", {}, titles.join(" · ")) : null,
    h("p", { class: "hoc-note" }, host.say("whose_help")),
    h("p", { class: "hoc-row" }, button(host.say("whose_mine", { code }), decided(true), "hoc-button"), button(host.say("whose_other"), decided(false), "hoc-quiet hoc-choice"))));
  heading.focus();
  box.scrollIntoView({ block: "center" });
}
