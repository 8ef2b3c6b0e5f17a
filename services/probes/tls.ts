import { isIP, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  type PeerCertificate,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { ServerCertificate } from '../domain/early-warning.ts';
import type { Evidence } from '../domain/failure.ts';
import { instantOf } from '../domain/time.ts';
import { ProtocolError } from './protocol-error.ts';

/** Whom to believe. One for the process: parsing the system's roots for every test costs milliseconds. */
export interface Trust {
  contextFor(authorities: readonly string[]): SecureContext;
}

/**
 * Named authorities are added to Mozilla's list as Node bundles it. Node 20 has no way to read what
 * NODE_EXTRA_CA_CERTS added, so with named authorities that file does not count.
 */
export function createTrust(): Trust {
  const contexts = new Map<string, SecureContext>();
  return {
    contextFor(authorities) {
      const key = authorities.join('\n');
      const known = contexts.get(key);
      if (known) return known;
      const context = createSecureContext({
        minVersion: 'TLSv1.2',
        ...(authorities.length > 0 && { ca: [...rootCertificates, ...authorities] }),
      });
      contexts.set(key, context);
      return context;
    },
  };
}

export interface TlsPeer {
  readonly host: string;
  readonly context: SecureContext;
  /** Told what was seen, on success and on failure alike. */
  readonly note: (label: Evidence['label'], value: string) => void;
  /** Told of a certificate that was accepted: one that is not fails the session and is told by that. */
  readonly accepted: (certificate: ServerCertificate) => void;
}

/**
 * Wraps a connected socket. `onSecure` comes after the certificate was verified; a certificate that
 * fails is an `error` event on the returned socket, whose code is OpenSSL's.
 *
 * Verification is ours to enforce (`rejectUnauthorized: false`): left to itself Node destroys the
 * socket before anybody could see whose certificate expired, and when. Nothing is written before.
 */
export function startTls(
  socket: Socket,
  { host, context, note, accepted }: TlsPeer,
  onSecure: () => void,
): TLSSocket {
  // Node reads the certificate to hold it against the host name; to read it again costs 0.2 ms of the
  // 5 ms of processor time that a whole session takes (measured).
  let seen: PeerCertificate | undefined;
  const secured = connect({
    socket,
    checkServerIdentity: (name, certificate) => {
      seen = certificate;
      return checkServerIdentity(name, certificate);
    },
    secureContext: context,
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
    ...(isIP(host) !== 0 && { host }),
  });
  secured.once('secureConnect', () => {
    const certificate = seen ?? secured.getPeerCertificate();
    noteCertificate(certificate, note);
    note('tls-version', secured.getProtocol() ?? 'unknown');
    // `authorizationError` is typed as an Error; Node stores the code as a string.
    if (!secured.authorized) {
      secured.destroy(new ProtocolError(String(secured.authorizationError)));
      return;
    }
    const shown = shownBy(certificate, host, socket.remotePort);
    if (shown !== null) accepted(shown);
    onSecure();
  });
  return secured;
}

function noteCertificate(certificate: PeerCertificate, note: TlsPeer['note']): void {
  // An empty object when the server showed none.
  if (Object.keys(certificate).length === 0) return;
  const names = [certificate.subject.CN, certificate.subjectaltname].flat().filter(Boolean);
  note('certificate-subject', names.join(', '));
  note('certificate-issuer', issuerOf(certificate));
  note('certificate-valid-from', certificate.valid_from);
  note('certificate-valid-to', certificate.valid_to);
}

function issuerOf({ issuer }: PeerCertificate): string {
  return [issuer.CN, issuer.O].flat().filter(Boolean).join(', ');
}

/** Null where the end of the certificate cannot be read: then nothing can be foretold from it. */
function shownBy(
  certificate: PeerCertificate,
  host: string,
  port: number | undefined,
): ServerCertificate | null {
  const endsMs = Date.parse(certificate.valid_to);
  if (Number.isNaN(endsMs) || port === undefined) return null;
  const subject = [certificate.subject.CN].flat().filter(Boolean).join(', ');
  return {
    host,
    port,
    subject: subject === '' ? host : subject,
    issuer: issuerOf(certificate),
    validTo: instantOf(endsMs),
    fingerprint: certificate.fingerprint256,
  };
}
