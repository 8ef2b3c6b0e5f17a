import type { Stage } from '../../domain/failure.ts';
import type { Symptom } from './symptom.ts';
import { permanent, transient, type Verdict } from './verdict.ts';

/** What a status means to every service over HTTP; what only one of them means by it is in its own rules. */
export function statusVerdict(status: number | null): Verdict | null {
  if (status === null || status < 300) return null;
  switch (status) {
    // A proxy in between wants a password that we do not have.
    case 407:
      return permanent('server-refused', 'profile');
    case 408:
    case 504:
      return transient('timeout', 'profile');
    case 429:
      return transient('server-busy', 'profile');
    // Somebody answers who does not know the method, let alone the protocol.
    case 405:
    case 501:
      return permanent('wrong-protocol', 'profile', { hint: 'not-this-protocol' });
    default:
  }
  if (status >= 500) return transient('server-unavailable', 'profile');
  // A redirect is a login page or another service; credentials are not sent after it.
  if (status < 400) return permanent('wrong-protocol', 'profile', { hint: 'not-this-protocol' });
  return permanent('unsupported-configuration', 'profile');
}

const LOST_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'CONNECTION_CLOSED']);

/** A message that was on its way when the answer was lost; a test's message does no harm twice. */
export function lostInTransfer(
  { stage, purpose, code }: Symptom,
  sendsIn: readonly Stage[],
): Verdict | null {
  if (purpose !== 'send' || !sendsIn.includes(stage)) return null;
  const hint = { hint: 'may-have-been-delivered' } as const;
  if (code === 'DEADLINE') return transient('timeout', 'profile', hint);
  return LOST_CODES.has(code) ? transient('connection-lost', 'profile', hint) : null;
}
