// Texts without a page around them.

/** Return a sentence with its places filled. @param {string} sentence @param {Record<string, any>} values */
export const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));

/** Return a text without tone marks, as somebody types it. @param {string} text */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
