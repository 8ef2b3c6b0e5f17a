/** Windows-1252 puts these characters where Latin-1 has control codes (0x80–0x9F). */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** What consoles show for 0x80–0xBF; below, for the bytes that {@link LEADS} names. */
const CODE_PAGE_437 = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐';
const CONSOLE_LEADS = '┬├─┼Γ';
/** UTF-8 begins the letters of Europe and the signs of typography with these bytes. */
const LEADS = [0xc2, 0xc3, 0xc4, 0xc5, 0xe2];
const SIGNS = 0xe2;
/** Text may have gone through the wrong reading twice. */
const MOST_READINGS = 2;

const consoleBytes = new Map(
  Array.from(CODE_PAGE_437, (sign, index) => [sign.charCodeAt(0), 0x80 + index]),
);

interface Read {
  readonly code: number;
  readonly length: number;
}

function byteOf(code: number): number {
  if (code < 0x100) return code;
  const index = WINDOWS_1252.indexOf(String.fromCharCode(code));
  return index < 0 ? -1 : 0x80 + index;
}

/** The character at `index` once so many wrong readings are undone. */
function readAt(text: string, index: number, readings: number): Read | null {
  if (index >= text.length) return null;
  if (readings === 0) return { code: text.charCodeAt(index), length: 1 };
  const first = readAt(text, index, readings - 1);
  if (!first) return null;
  const console = CONSOLE_LEADS.indexOf(String.fromCharCode(first.code));
  const lead = console >= 0 ? (LEADS[console] ?? 0) : byteOf(first.code);
  if (!LEADS.includes(lead)) return first;
  let { length } = first;
  let code = lead === SIGNS ? 2 : lead & 0x1f;
  for (let rest = lead === SIGNS ? 2 : 1; rest > 0; rest--) {
    const next = readAt(text, index + length, readings - 1);
    const byte = next && (console >= 0 ? consoleBytes.get(next.code) : byteOf(next.code));
    if (!next || byte === undefined || byte === null || byte < 0x80 || byte > 0xbf) return first;
    code = (code << 6) | (byte & 0x3f);
    length += next.length;
  }
  return { code, length };
}

/** The character that UTF-8 bytes at `index` stood for before they were read as something else. */
export function mojibakeAt(
  text: string,
  index: number,
): { readonly character: string; readonly length: number } | null {
  const read = readAt(text, index, MOST_READINGS);
  if (!read || read.length < 2) return null;
  return { character: String.fromCharCode(read.code), length: read.length };
}

/** True for the code units that can start such a sequence: Â, Ã, Ä, Å and â, and a console's for them. */
export function startsMojibake(code: number): boolean {
  if (code < 0x100) return (code >= 0xc2 && code <= 0xc5) || code === SIGNS;
  return (code >= 0x2500 && code <= 0x253c) || code === 0x393
    ? CONSOLE_LEADS.includes(String.fromCharCode(code))
    : false;
}

/** Undoes UTF-8 read as another encoding wherever it occurs; other text stays as it is. */
export function repairMojibake(text: string): string {
  let repaired = '';
  let copied = 0;
  for (let index = 0; index < text.length; index++) {
    if (!startsMojibake(text.charCodeAt(index))) continue;
    const found = mojibakeAt(text, index);
    if (!found) continue;
    repaired += text.slice(copied, index) + found.character;
    index += found.length - 1;
    copied = index + 1;
  }
  return copied === 0 ? text : repaired + text.slice(copied);
}
