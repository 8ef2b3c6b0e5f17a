/** Signs that the scanner treats in a way of their own, as UTF-16 code units. */
export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const APOSTROPHES = new Set([0x27, 0x2019, 0x2018, 0xb4, 0x60, 0x2bc]);
export const SENTENCE_MARKS = new Set([0x2e, 0x21, 0x3f, 0x3002, 0xff01, 0xff1f]);
export const PAUSES = new Set([0x3a, 0x3b, 0x22, 0x201c, 0x201d, 0x201e, 0xab, 0xbb, 0x7c]);
export const COLON = 0x3a;
export const ELLIPSIS = 0x2026;
export const VERTICAL_BAR = 0x7c;
export const BACKSLASH = 0x5c;
export const PERCENT = 0x25;
export const QUOTE = 0x22;
export const BRACKET = 0x5b;
export const BRACKET_END = 0x5d;
