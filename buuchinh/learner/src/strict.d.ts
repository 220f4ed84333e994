// The elements that h() of question/dom.js makes and their events, for the folders of tsconfig.strict.json.

/** The element that a tag makes. */
type ElementOf<T> = T extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[T] : HTMLElement;

/** An event that an element listens to. */
type Heard<E extends Event> = E;
