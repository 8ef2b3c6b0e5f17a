/** Windows-1252 puts these characters where Latin-1 has control codes (0x80–0x9F). */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function byteOf(code: number): number {
  if (code < 0x100) return code;
  const index = WINDOWS_1252.indexOf(String.fromCharCode(code));
  return index < 0 ? -1 : 0x80 + index;
}

function continuation(text: string, index: number): number {
  const byte = index < text.length ? byteOf(text.charCodeAt(index)) : -1;
  return byte >= 0x80 && byte <= 0xbf ? byte & 0x3f : -1;
}

/** The character that UTF-8 bytes at `index` stood for before they were read as Windows-1252. */
export function mojibakeAt(
  text: string,
  index: number,
): { readonly character: string; readonly length: number } | null {
  const lead = byteOf(text.charCodeAt(index));
  const first = continuation(text, index + 1);
  if (first < 0) return null;
  if (lead >= 0xc2 && lead <= 0xdf) {
    return { character: String.fromCharCode(((lead & 0x1f) << 6) | first), length: 2 };
  }
  const second = continuation(text, index + 2);
  if (lead !== 0xe2 || second < 0) return null;
  return { character: String.fromCharCode(0x2000 | (first << 6) | second), length: 3 };
}

/** True for the code units that can start such a sequence: Â, Ã, Ä, Å and â. */
export function startsMojibake(code: number): boolean {
  return (code >= 0xc2 && code <= 0xc5) || code === 0xe2;
}

/** Undoes UTF-8 read as Windows-1252 wherever it occurs; other text stays as it is. */
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
