// Elements in which a key is a letter being typed and not a command.
export const TYPED_IN = "input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]";
