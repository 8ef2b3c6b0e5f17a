const LOOKED_AT = 8_192;
const TOLERATED = 0.05;

/** Control characters and failed decodings are no part of what people write. */
export function looksBinary(text: string): boolean {
  const head = text.slice(0, LOOKED_AT);
  let strange = 0;
  for (let index = 0; index < head.length; index += 1) {
    const code = head.charCodeAt(index);
    const control = code < 32 && code !== 9 && code !== 10 && code !== 13;
    if (control || code === 0xfffd) strange += 1;
  }
  return strange > head.length * TOLERATED;
}
