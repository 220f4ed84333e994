// What the buttons of the head open.
import { lookSheet } from "./look.js";
import { searchSheet } from "./search.js";

export const headTools = (words) => ({ look: () => lookSheet(words), search: (host) => searchSheet(host, words) });
