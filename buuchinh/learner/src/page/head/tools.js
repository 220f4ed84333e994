// The tools that the buttons of the head open.
import { keyList } from "../../screens/key_list.js";
import { lookSheet } from "./look.js";
import { searchSheet } from "./search.js";

export const headTools = (words) => ({ look: () => lookSheet(words), keys: () => keyList("page", words.keys), search: (host, typed) => searchSheet(host, words, typed) });
