import type { Failure, FailureReason } from './failure.ts';
import { DIRECTIONS, type Direction, type Mailbox } from './mailbox.ts';
import type { EmailServerProfile } from './profile.ts';
import type { ProfilePart } from './set-up-change.ts';

/** What a button can put right; what would lower security is none of them. */
export type Fix = ProfilePart | 'act-off';

/** The server is not where, or not as, the profile says. */
const WRONG_ADDRESS: readonly FailureReason[] = [
  'host-not-found',
  'connection-refused',
  'timeout',
  'wrong-protocol',
  'certificate-wrong-host',
  'tls-unavailable',
  'tls-required',
  'insecure-channel-refused',
];
const NO_LOCATION: readonly FailureReason[] = ['location-undetermined'];

type Seen = Pick<Failure, 'reason'> & Partial<Pick<Failure, 'stage'>>;

/** What may put a failure of one direction right; an engine that knows no stages leaves them out. */
export function fixesOf(
  { reason, stage }: Seen,
  direction: Direction,
  mailbox: Mailbox,
  profile: EmailServerProfile,
): readonly Fix[] {
  const { serverType } = profile;
  const byExchange = serverType === 'exchange-server' || serverType === 'exchange-online';
  const usesAct = mailbox.directions.act.method === 'server-side-synchronization';
  if (reason === 'other-organization') return usesAct ? ['act-off'] : [];
  // Only a silence on the way: a server that answers late is where it should be.
  if (reason === 'timeout' && stage !== undefined && stage !== 'connect') return [];
  if (byExchange) {
    const isWrong = profile.autodiscover ? NO_LOCATION : [...NO_LOCATION, ...WRONG_ADDRESS];
    return serverType === 'exchange-server' && isWrong.includes(reason) ? ['location'] : [];
  }
  if (direction === 'act' || !WRONG_ADDRESS.includes(reason)) return [];
  return [direction];
}

/** POP3 and IMAP carry none (8005E247): the one thing to do is not to ask for them. */
function asksForActInVain(mailbox: Mailbox, profile: EmailServerProfile): boolean {
  const mailOnly = profile.serverType === 'pop3-smtp' || profile.serverType === 'imap-smtp';
  return mailOnly && mailbox.directions.act.method === 'server-side-synchronization';
}

/** What may put right what is wrong with a mailbox now. */
export function fixesFor(mailbox: Mailbox, profile: EmailServerProfile): readonly Fix[] {
  const fixes = DIRECTIONS.flatMap((direction) => {
    const { lastFailure, status, method } = mailbox.directions[direction];
    const fails = status === 'failure' && method === 'server-side-synchronization';
    if (!fails || lastFailure === null) return [];
    return fixesOf(lastFailure, direction, mailbox, profile);
  });
  const inVain: readonly Fix[] = asksForActInVain(mailbox, profile) ? ['act-off'] : [];
  return [...new Set([...fixes, ...inVain])];
}
