// Where a key is a letter that somebody types, and no command.
export const TYPED_IN = "input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]";
