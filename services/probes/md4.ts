/** RFC 1320. OpenSSL 3 keeps MD4 in its legacy provider, and NTLM's password hash is nothing else. */
export function md4(message: Uint8Array): Buffer {
  const bits = BigInt(message.length) * 8n;
  const padded = Buffer.alloc((Math.floor((message.length + 8) / 64) + 1) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  padded.writeBigUInt64LE(bits, padded.length - 8);

  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let start = 0; start < padded.length; start += 64) {
    const block = padded.subarray(start, start + 64);
    const mixed = ROUNDS.reduce((current, round) => mix(current, block, round), state);
    state = state.map((word, index) => (word + (mixed[index] ?? 0)) >>> 0) as State;
  }
  const digest = Buffer.alloc(16);
  state.forEach((word, index) => digest.writeUInt32LE(word, index * 4));
  return digest;
}

type State = [a: number, b: number, c: number, d: number];

interface Round {
  readonly combine: (x: number, y: number, z: number) => number;
  readonly constant: number;
  /** Which word of the block each of the sixteen steps takes. */
  readonly order: readonly number[];
  readonly shifts: readonly [number, number, number, number];
}

const ROUNDS: readonly Round[] = [
  {
    combine: (x, y, z) => (x & y) | (~x & z),
    constant: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    combine: (x, y, z) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    combine: (x, y, z) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
];

function mix(state: State, block: Buffer, { combine, constant, order, shifts }: Round): State {
  let [a, b, c, d] = state;
  order.forEach((word, step) => {
    const sum = (a + combine(b, c, d) + block.readUInt32LE(word * 4) + constant) >>> 0;
    const shift = shifts[step % 4] ?? 0;
    [a, b, c, d] = [d, ((sum << shift) | (sum >>> (32 - shift))) >>> 0, b, c];
  });
  return [a, b, c, d];
}
