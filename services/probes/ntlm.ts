import { createHmac } from 'node:crypto';
import { md4 } from './md4.ts';

/** MS-NLMP in its HTTP form, client side, NTLMv2 alone: NTLMv1 and LM are not spoken. */
export interface NtlmIdentity {
  /** Empty for a user principal name. */
  readonly domain: string;
  readonly user: string;
  readonly password: string;
}

export interface NtlmChallenge {
  readonly message: Buffer;
  readonly flags: number;
  readonly serverChallenge: Buffer;
  readonly targetInfo: Buffer;
}

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');

/** Unicode, request target, NTLM, always sign, extended session security, target info, 128 bit. */
const FLAGS = 0x00000001 | 0x00000004 | 0x00000200 | 0x00008000 | 0x00080000 | 0x00800000;
const FLAG_128 = 0x20000000;

const AV = { end: 0, flags: 6, timestamp: 7, targetName: 9, channelBindings: 10 } as const;
const MIC_PRESENT = 2;
/** Fixed part of the third message: eight fields, flags, version, message integrity code. */
const AUTHENTICATE_HEADER = 88;
const MIC_AT = 72;

export function identityOf(userName: string, password: string): NtlmIdentity {
  const [domain, user] = userName.includes('\\') ? split(userName, '\\') : ['', userName];
  return { domain, user, password };
}

export function negotiateMessage(): Buffer {
  const message = Buffer.alloc(40);
  SIGNATURE.copy(message);
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE((FLAGS | FLAG_128) >>> 0, 12);
  return message;
}

/** Null for bytes that are no challenge. */
export function challengeOf(message: Buffer): NtlmChallenge | null {
  if (message.length < 48 || !message.subarray(0, 8).equals(SIGNATURE)) return null;
  if (message.readUInt32LE(8) !== 2) return null;
  const length = message.readUInt16LE(40);
  const offset = message.readUInt32LE(44);
  if (offset + length > message.length) return null;
  return {
    message,
    flags: message.readUInt32LE(20),
    serverChallenge: message.subarray(24, 32),
    targetInfo: message.subarray(offset, offset + length),
  };
}

export interface NtlmAnswer {
  readonly identity: NtlmIdentity;
  readonly challenge: NtlmChallenge;
  /** Eight random bytes. */
  readonly clientChallenge: Buffer;
  /** Milliseconds since 1970; used where the server names no time of its own. */
  readonly nowMs: number;
  /** `HTTP/host`, and the certificate of the connection: extended protection compares both. */
  readonly targetName: string;
  readonly channelBinding: Buffer | null;
}

export function authenticateMessage(answer: NtlmAnswer): Buffer {
  const { identity, challenge, clientChallenge } = answer;
  const pairs = pairsOf(challenge.targetInfo);
  const serverTime = pairs.find(({ id }) => id === AV.timestamp)?.value;
  const { lm, nt, sessionKey } = ntlmv2Response({
    identity,
    serverChallenge: challenge.serverChallenge,
    clientChallenge,
    time: serverTime ?? fileTime(answer.nowMs),
    targetInfo: serverTime ? withProtection(pairs, answer) : challenge.targetInfo,
  });
  const fields = [
    // A server that names its time does not want the weaker of the two (MS-NLMP §3.1.5.1.2).
    serverTime ? Buffer.alloc(24) : lm,
    nt,
    utf16(identity.domain),
    utf16(identity.user),
    Buffer.alloc(0),
    Buffer.alloc(0),
  ];
  const header = Buffer.alloc(AUTHENTICATE_HEADER);
  SIGNATURE.copy(header);
  header.writeUInt32LE(3, 8);
  let offset = header.length;
  fields.forEach((field, index) => {
    header.writeUInt16LE(field.length, 12 + index * 8);
    header.writeUInt16LE(field.length, 14 + index * 8);
    header.writeUInt32LE(offset, 16 + index * 8);
    offset += field.length;
  });
  header.writeUInt32LE((FLAGS | (challenge.flags & FLAG_128)) >>> 0, 60);
  const message = Buffer.concat([header, ...fields]);
  if (serverTime) {
    const code = hmac(sessionKey, negotiateMessage(), challenge.message, message);
    code.copy(message, MIC_AT);
  }
  return message;
}

interface Computation {
  readonly identity: NtlmIdentity;
  readonly serverChallenge: Buffer;
  readonly clientChallenge: Buffer;
  readonly time: Buffer;
  readonly targetInfo: Buffer;
}

/** MS-NLMP §3.3.2. The session key is the exported one as well: no key exchange is negotiated. */
export function ntlmv2Response(of: Computation) {
  const { identity, serverChallenge, clientChallenge, time, targetInfo } = of;
  const key = ntlmv2Key(identity);
  const four = Buffer.alloc(4);
  const blob = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    time,
    clientChallenge,
    four,
    targetInfo,
    four,
  ]);
  const proof = hmac(key, serverChallenge, blob);
  return {
    lm: Buffer.concat([hmac(key, serverChallenge, clientChallenge), clientChallenge]),
    nt: Buffer.concat([proof, blob]),
    sessionKey: hmac(key, proof),
  };
}

export function ntlmv2Key({ domain, user, password }: NtlmIdentity): Buffer {
  return hmac(md4(utf16(password)), utf16(upperCase(user) + domain));
}

interface Pair {
  readonly id: number;
  readonly value: Buffer;
}

function pairsOf(targetInfo: Buffer): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at + 4 <= targetInfo.length; ) {
    const id = targetInfo.readUInt16LE(at);
    const length = targetInfo.readUInt16LE(at + 2);
    if (id === AV.end) break;
    pairs.push({ id, value: targetInfo.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
  return pairs;
}

function withProtection(pairs: readonly Pair[], answer: NtlmAnswer): Buffer {
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(MIC_PRESENT);
  const own: readonly Pair[] = [
    { id: AV.flags, value: flags },
    { id: AV.channelBindings, value: answer.channelBinding ?? Buffer.alloc(16) },
    { id: AV.targetName, value: utf16(answer.targetName) },
  ];
  const kept = pairs.filter(({ id }) => !own.some((pair) => pair.id === id));
  const all = [...kept, ...own, { id: AV.end, value: Buffer.alloc(0) }];
  return Buffer.concat(
    all.flatMap(({ id, value }) => {
      const head = Buffer.alloc(4);
      head.writeUInt16LE(id);
      head.writeUInt16LE(value.length, 2);
      return [head, value];
    }),
  );
}

/** 100 ns since 1601. */
function fileTime(nowMs: number): Buffer {
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE((BigInt(Math.round(nowMs)) + 11_644_473_600_000n) * 10_000n);
  return time;
}

/** Letter by letter as Windows does: `ß` stays what it is. */
function upperCase(text: string): string {
  return text.replace(/./gsu, (letter) => {
    const upper = letter.toUpperCase();
    return upper.length === letter.length ? upper : letter;
  });
}

function hmac(key: Buffer, ...parts: readonly Buffer[]): Buffer {
  const code = createHmac('md5', key);
  for (const part of parts) code.update(part);
  return code.digest();
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return [text.slice(0, index), text.slice(index + at.length)];
}
