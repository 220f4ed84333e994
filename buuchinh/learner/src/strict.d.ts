// Elements that h() of question/dom.js makes and the events they hear, in the rooms of tsconfig.strict.json.

/** The element that a tag makes. */
type ElementOf<T> = T extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[T] : HTMLElement;

/** An event that an element hears. */
type Heard<E extends Event> = E;
