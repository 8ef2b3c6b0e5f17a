import type { FailureReason } from '../../services/domain/failure.ts';
import type { Direction } from '../../services/domain/mailbox.ts';
import { credentialSourceFor, type EmailServerProfile } from '../../services/domain/profile.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { joined, say } from '../elements.ts';
import type { CardText } from '../text.ts';

/** Who must act depends on whose credentials they are. */
const OF_CREDENTIALS = [
  'credentials-rejected',
  'credentials-missing',
  'password-expired',
  'authentication-disabled',
  'account-disabled',
  'permission-denied',
] as const satisfies readonly FailureReason[];
type OfCredentials = (typeof OF_CREDENTIALS)[number];

/** In Exchange Online, nobody whom the reader knows can do anything about these. */
const RUN_BY_MICROSOFT: readonly FailureReason[] = [
  'connection-refused',
  'connection-lost',
  'timeout',
  'server-unavailable',
  'mailbox-store-broken',
];

/** How it goes on once the advice is followed. */
export type Afterwards = 'test' | 'ask' | 'wait';

export interface AdviceSituation {
  readonly reason: FailureReason;
  readonly direction: Direction;
  readonly profile: EmailServerProfile | null;
  readonly afterwards: Afterwards;
  readonly mailboxCount: number;
}

/**
 * What to do about a failure whose reason is known: who does what, and where. A reason without a
 * text does not compile.
 */
export function advice(situation: AdviceSituation, t: Translator): CardText {
  const { profile, afterwards, mailboxCount } = situation;
  const endpoint = situation.direction === 'outgoing' ? profile?.outgoing : profile?.incoming;
  const server = t('card.advice.server');
  const online = profile?.serverType === 'exchange-online';
  const remedy = say(t, remedyKey(situation), {
    profile:
      profile === null
        ? t('card.advice.profile')
        : t('card.advice.named-profile', { name: profile.name }),
    server: online
      ? t('card.server.exchange-online')
      : endpoint === undefined
        ? server
        : `${endpoint.host}:${endpoint.port}`,
    host: endpoint?.host ?? server,
  });
  // It says itself how to test; an ordinary test would fail again.
  if (situation.reason === 'other-organization') return remedy;
  return joined([remedy, say(t, `card.advice.then-${afterwards}`, { count: mailboxCount })], ' ');
}

/** The address of Exchange Web Services says itself whether it is encrypted. */
const BY_ADDRESS = ['tls-required', 'tls-unavailable', 'insecure-channel-refused'] as const;

function remedyKey({ reason, profile, direction }: AdviceSituation) {
  const source = profile === null ? 'mailbox' : credentialSourceFor(profile, direction);
  const byAddress = BY_ADDRESS.find((one) => one === reason);
  if (profile?.serverType === 'exchange-server' && byAddress !== undefined) {
    return `card.advice.${byAddress}.location` as const;
  }
  if (profile?.serverType === 'exchange-online' && RUN_BY_MICROSOFT.includes(reason)) {
    return 'card.advice.run-by-microsoft';
  }
  return isOfCredentials(reason)
    ? (`card.advice.${reason}.${source}` as const)
    : (`card.advice.${reason}` as const);
}

function isOfCredentials(reason: FailureReason): reason is OfCredentials {
  return (OF_CREDENTIALS as readonly FailureReason[]).includes(reason);
}
