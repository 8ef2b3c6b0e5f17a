import { createHash, createHmac, randomBytes, X509Certificate } from 'node:crypto';
import { md4 } from '../../../services/probes/md4.ts';

/** What the server knows of a connection that began to sign in. */
export interface NtlmConversation {
  readonly negotiate: Buffer;
  readonly challenge: Buffer;
  readonly serverChallenge: Buffer;
}

export interface NtlmServer {
  /** The server's answer to the first message; null for what is none. */
  begin(negotiate: Buffer): NtlmConversation | null;
  /** The account that the third message proves, as `passwordOf` knows it; null when it proves nothing. */
  accept(conversation: NtlmConversation, authenticate: Buffer): string | null;
}

export interface NtlmServerOptions {
  readonly domain: string;
  readonly computer: string;
  /** By the name that the client gives, with its domain in front if it gives one. */
  readonly passwordOf: (userName: string) => string | null;
  /** Extended protection: the client must have seen this certificate and meant this service. */
  readonly protection: { readonly certificate: string; readonly service: string } | null;
}

const SIGNATURE = 'NTLMSSP\0';

/** The server's side of MS-NLMP, NTLMv2 alone; it verifies the proof, and the integrity code where sent. */
export function createNtlmServer(options: NtlmServerOptions): NtlmServer {
  return {
    begin(negotiate) {
      if (typeOf(negotiate) !== 1) return null;
      const serverChallenge = randomBytes(8);
      const targetInfo = avPairs([
        [2, utf16(options.domain)],
        [1, utf16(options.computer)],
        [7, now()],
      ]);
      const name = utf16(options.domain);
      const head = Buffer.alloc(56);
      head.write(SIGNATURE, 'latin1');
      head.writeUInt32LE(2, 8);
      head.writeUInt16LE(name.length, 12);
      head.writeUInt16LE(name.length, 14);
      head.writeUInt32LE(56, 16);
      head.writeUInt32LE(0xa2898205, 20);
      serverChallenge.copy(head, 24);
      head.writeUInt16LE(targetInfo.length, 40);
      head.writeUInt16LE(targetInfo.length, 42);
      head.writeUInt32LE(56 + name.length, 44);
      return { negotiate, serverChallenge, challenge: Buffer.concat([head, name, targetInfo]) };
    },
    accept({ negotiate, challenge, serverChallenge }, authenticate) {
      if (typeOf(authenticate) !== 3) return null;
      const field = (at: number): Buffer => {
        const start = authenticate.readUInt32LE(at + 4);
        return authenticate.subarray(start, start + authenticate.readUInt16LE(at));
      };
      const [response, domain, user] = [field(20), field(28), field(36)].map((part, index) =>
        index === 0 ? part : part.toString('utf16le'),
      ) as [Buffer, string, string];
      const userName = domain === '' ? user : `${domain}\\${user}`;
      const password = options.passwordOf(userName);
      if (password === null || response.length < 44) return null;
      const key = hmac(md4(utf16(password)), utf16(user.toUpperCase() + domain));
      const proof = response.subarray(0, 16);
      const blob = response.subarray(16);
      if (!hmac(key, serverChallenge, blob).equals(proof)) return null;
      const pairs = pairsIn(blob.subarray(28));
      if (((pairs.get(6)?.readUInt32LE() ?? 0) & 2) !== 0) {
        const zeroed = Buffer.from(authenticate);
        zeroed.fill(0, 72, 88);
        const code = hmac(hmac(key, proof), negotiate, challenge, zeroed);
        if (!code.equals(authenticate.subarray(72, 88))) return null;
      }
      return isProtected(options.protection, pairs) ? userName : null;
    },
  };
}

function isProtected(
  protection: NtlmServerOptions['protection'],
  pairs: ReadonlyMap<number, Buffer>,
): boolean {
  if (protection === null) return true;
  const { raw } = new X509Certificate(protection.certificate);
  const data = Buffer.concat([
    Buffer.from('tls-server-end-point:'),
    createHash('sha256').update(raw).digest(),
  ]);
  const structure = Buffer.concat([Buffer.alloc(20), data]);
  structure.writeUInt32LE(data.length, 16);
  return (
    pairs.get(10)?.equals(createHash('md5').update(structure).digest()) === true &&
    pairs.get(9)?.toString('utf16le') === protection.service
  );
}

function typeOf(message: Buffer): number {
  const isNtlm = message.length >= 12 && message.toString('latin1', 0, 8) === SIGNATURE;
  return isNtlm ? message.readUInt32LE(8) : 0;
}

function avPairs(pairs: readonly (readonly [id: number, value: Buffer])[]): Buffer {
  const parts = pairs.flatMap(([id, value]) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id);
    head.writeUInt16LE(value.length, 2);
    return [head, value];
  });
  return Buffer.concat([...parts, Buffer.alloc(4)]);
}

function pairsIn(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const pairs = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= bytes.length && bytes.readUInt16LE(at) !== 0; ) {
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    pairs.set(bytes.readUInt16LE(at), bytes.subarray(at + 4, end));
    at = end;
  }
  return pairs;
}

function now(): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE((BigInt(Date.now()) + 11_644_473_600_000n) * 10_000n);
  return time;
}

function hmac(key: Buffer, ...parts: readonly Buffer[]): Buffer {
  return createHmac('md5', key).update(Buffer.concat(parts)).digest();
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}
