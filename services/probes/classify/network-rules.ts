import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';

const TIMEOUT_CODES = new Set([
  'DEADLINE',
  'ETIMEDOUT',
  'ETIMEOUT',
  'CONNECT_TIMEOUT',
  'GREETING_TIMEOUT',
  'SOCKET_TIMEOUT',
  'UPGRADE_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const LOST_CODES = new Set([
  'CONNECTION_CLOSED',
  'ECONNCLOSED',
  'ECONNRESET',
  'ECONNECTION',
  'ECONNABORTED',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'NoConnection',
  'EConnectionClosed',
  'ClosedAfterConnectTLS',
  'ClosedAfterConnectText',
  'UND_ERR_SOCKET',
  'ESOCKET',
]);

/** Ports whose servers speak TLS from the first byte and wait for the client to begin. */
const IMPLICIT_TLS_PORTS = new Set([465, 993, 995]);

export function networkVerdict(symptom: Symptom): Verdict | null {
  const { code, libraryCode } = symptom;
  // Also what a resolver says that has a bad moment, hence the confirmation.
  if (code === 'ENOTFOUND' || code === 'EAI_NONAME') {
    return permanent('host-not-found', 'profile', { needsConfirmation: true });
  }
  if (code === 'ADDRESS_OF_ITS_OWN') return permanent('host-not-found', 'profile');
  if (code === 'EAI_AGAIN' || libraryCode === 'EDNS') return transient('host-not-found', 'profile');
  if (code === 'ECONNREFUSED') return transient('connection-refused', 'profile');
  if (TIMEOUT_CODES.has(code)) return silence(symptom);
  if (
    libraryCode === 'NOT_THIS_PROTOCOL' ||
    libraryCode === 'REPLY_TOO_LONG' ||
    libraryCode === 'EPROTOCOL' ||
    libraryCode === 'EPROTO'
  ) {
    return permanent('wrong-protocol', 'profile', { hint: 'not-this-protocol' });
  }
  if (LOST_CODES.has(code)) return transient('connection-lost', 'profile');
  return null;
}

/** A plain client on a TLS port looks exactly like a silent server (25). */
function silence({ stage, tls, port }: Symptom): Verdict {
  const maybeTls = stage === 'greeting' && tls !== 'implicit' && IMPLICIT_TLS_PORTS.has(port);
  return transient('timeout', 'profile', maybeTls ? { hint: 'try-implicit-tls' } : {});
}
