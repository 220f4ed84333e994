// The door for a plain page: the same questions from JSON in the page, answers kept in this browser.
import { recall, remember } from "./keep.js";
import { mount } from "./mount.js";

export function openPage(data) {
  for (const question of data.questions) {
    const place = `buuchinh-page:${data.store}:${question.id}`;
    const earlier = recall(place);
    const handle = mount(document.getElementById(`bc-${question.id}`), {
      ...data,
      question,
      store: null,
      answer: earlier?.answer ?? null,
      answeredAt: earlier?.at ?? null,
      onAnswer(answer, number) {
        const at = new Date().toISOString();
        queueMicrotask(() => (remember(place, { answer, at }) ? handle.saved(at, number) : handle.failed(data.words.not_saved_page)));
      },
    });
  }
}
