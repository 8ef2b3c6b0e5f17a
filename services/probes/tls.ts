import { isIP, type Socket } from 'node:net';
import {
  connect,
  createSecureContext,
  type PeerCertificate,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { Evidence } from '../domain/failure.ts';
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
  { host, context, note }: TlsPeer,
  onSecure: () => void,
): TLSSocket {
  const secured = connect({
    socket,
    secureContext: context,
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
    ...(isIP(host) !== 0 && { host }),
  });
  secured.once('secureConnect', () => {
    noteCertificate(secured.getPeerCertificate(), note);
    note('tls-version', secured.getProtocol() ?? 'unknown');
    // `authorizationError` is typed as an Error; Node stores the code as a string.
    if (!secured.authorized) {
      secured.destroy(new ProtocolError(String(secured.authorizationError)));
      return;
    }
    onSecure();
  });
  return secured;
}

function noteCertificate(certificate: PeerCertificate, note: TlsPeer['note']): void {
  // An empty object when the server showed none.
  if (Object.keys(certificate).length === 0) return;
  const names = [certificate.subject.CN, certificate.subjectaltname].flat().filter(Boolean);
  note('certificate-subject', names.join(', '));
  note(
    'certificate-issuer',
    [certificate.issuer.CN, certificate.issuer.O].flat().filter(Boolean).join(', '),
  );
  note('certificate-valid-from', certificate.valid_from);
  note('certificate-valid-to', certificate.valid_to);
}
