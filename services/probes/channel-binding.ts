import { createHash } from 'node:crypto';

/** The hash that extended protection wants of the server's certificate (RFC 5929 §4, MS-NLMP §2.2.2.1). */
export function channelBindingOf(certificate: Buffer): Buffer {
  const digest = createHash(digestNameOf(certificate)).update(certificate).digest();
  const data = Buffer.concat([Buffer.from('tls-server-end-point:', 'latin1'), digest]);
  const structure = Buffer.alloc(20);
  structure.writeUInt32LE(data.length, 16);
  return createHash('md5').update(structure).update(data).digest();
}

/** Object identifiers of RSA and ECDSA with SHA-384 and SHA-512; RFC 5929 wants SHA-256 for weaker ones. */
const STRONGER: Readonly<Record<string, string>> = {
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
};

function digestNameOf(certificate: Buffer): string {
  const body = contentAt(certificate, 0).start;
  const algorithm = contentAt(certificate, contentAt(certificate, body).end).start;
  const { start, end } = contentAt(certificate, algorithm);
  return STRONGER[certificate.subarray(start, end).toString('hex')] ?? 'sha256';
}

/** One element of DER: where its content starts and ends. */
function contentAt(der: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = der[at + 1] ?? 0;
  const bytes = first < 0x80 ? 0 : first & 0x7f;
  const length = bytes === 0 ? first : der.readUIntBE(at + 2, bytes);
  const start = at + 2 + bytes;
  return { start, end: start + length };
}
