// The post office's own entries: those that the site was built with come first, then those stored on this device.
import { fill, h } from "../../question/dom.js";
import { call } from "../../screens/call.js";
import { OFFICE_KEY } from "../stores.js";
import { OFFICE } from "../../routes.js";

export async function officeOf(host) {
  const page = await host.loaded(OFFICE);
  const stored = (await host.store?.get(OFFICE_KEY)) ?? {}; // in a notebook the file of the office is the only source
  const known = Object.entries(stored).filter(([name, text]) => name in page.fields && typeof text === "string" && text);
  return { page, values: { ...Object.fromEntries(known), ...page.values } };
}

export function keepOffice(host, values) {
  return host.store.set(OFFICE_KEY, values);
}

// Returns the lines of office.lines in Python: never a label with nothing behind it.
export function officeLines(page, values, items) {
  const { card, missing, no_phone } = page.words;
  return items.flatMap((item) => {
    const phone = values[`${item}_phone`] ?? "";
    const named = item === "duty" ? "" : (values[item] ?? "");
    const text = `${item}_phone` in page.fields && named && !phone ? fill(no_phone, { name: named }) : named;
    if (text || phone) return [{ item, label: card[item], text, phone }];
    return item in missing ? [{ item, label: card[item], text: missing[item], phone: "" }] : [];
  });
}

export function officeList(lines) {
  return h("dl", { class: "hoc-ours" }, ...lines.map(({ label, text, phone }) =>
    h("div", {}, h("dt", {}, label), h("dd", {}, text, text && phone ? ": " : "", phone ? phoneLink(phone) : ""))));
}

function phoneLink(phone) {
  return call(phone.replace(/[^0-9+]/gu, ""), { class: "hoc-phone" }, [phone], h("strong", { class: "hoc-phone" }, phone));
}

const IN_LESSON = ["police", "head", "deputy", "duty", "meeting_point", "fan_switch", "posted_list", "procedure"];

// Returns the numbers of the trainee's own office, for a lesson that refers to them.
export async function officeBox(host) {
  const { page, values } = await officeOf(host);
  const filled = Object.keys(values).length > 0;
  return h("section", { class: "hoc-fold hoc-own", "aria-label": host.say("office_title") },
    h("p", {}, h("strong", {}, host.say("office_title"))),
    filled ? officeList(officeLines(page, values, IN_LESSON)) : h("p", {}, host.say("office_none")),
    h("p", {}, h("a", { href: `#/${OFFICE}` }, host.say(filled ? "office_change" : "office_fill"))));
}
