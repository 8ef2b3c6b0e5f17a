import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of a stream. `node:readline` will not do: it also breaks lines at U+2028, which JSON
 * allows inside a string.
 */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let pieces: string[] = [];
  for await (const chunk of stream) {
    const text = decoder.write(Buffer.from(chunk));
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      pieces.push(text.slice(from, end));
      yield pieces.join('');
      pieces = [];
      from = end + 1;
    }
    pieces.push(text.slice(from));
  }
  pieces.push(decoder.end());
  const last = pieces.join('');
  if (last !== '') yield last;
}
