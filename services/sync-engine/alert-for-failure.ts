import type { AlertArticle } from '../domain/alert-article.ts';
import type { Failure, FailureReason } from '../domain/failure.ts';
import { idOf, type TopicId } from '../domain/ids.ts';
import type { Direction } from '../domain/mailbox.ts';
import { missingApprovalTopic } from '../domain/permission.ts';
import type { CredentialSource, ServerType } from '../domain/profile.ts';

export interface AlertCircumstances {
  readonly direction: Direction;
  readonly credentialSource: CredentialSource;
  readonly serverType: ServerType;
}

/** Which documented alert tells a person of this failure. */
export type AlertFor = (failure: Failure, circumstances: AlertCircumstances) => TopicId;

type Preference = (circumstances: AlertCircumstances) => string;

const FALLBACK = 'connection-failed';
/** The document has an alert for credentials in the profile and another for those in the mailbox. */
const credentials: Preference = ({ credentialSource, direction }) =>
  credentialSource === 'mailbox' && direction !== 'act' ? 'gmail' : 'bad-credentials';
/** ... and one for a secure connection of e-mail, another for that of ACT. */
const secureConnection: Preference = ({ direction }) =>
  direction === 'act' ? 'mailbox-disabled-sync' : 'secure-connection';
const otherwise: Preference = () => FALLBACK;

/** Exhaustive: a new reason does not compile until somebody has decided which alert tells of it. */
const preferences: Readonly<Record<FailureReason, Preference>> = {
  'credentials-rejected': credentials,
  'credentials-missing': credentials,
  'password-expired': credentials,
  'authentication-disabled': credentials,
  'account-disabled': credentials,
  'permission-denied': credentials,
  'not-approved': ({ serverType }) => missingApprovalTopic(serverType),
  'certificate-expired': secureConnection,
  'certificate-untrusted': secureConnection,
  'certificate-wrong-host': secureConnection,
  'tls-version': secureConnection,
  'tls-unavailable': secureConnection,
  'tls-required': secureConnection,
  'wrong-protocol': secureConnection,
  'insecure-channel-refused': () => 'insecure-credentials',
  'location-undetermined': () => 'location-undetermined',
  'mailbox-not-found': () => 'location-undetermined',
  'other-organization': () => 'other-org',
  'unsupported-configuration': () => 'unsupported-configurations',
  'folder-missing': () => 'bad-credentials',
  'mailbox-locked': otherwise,
  'mailbox-store-broken': otherwise,
  'quota-exceeded': otherwise,
  'recipient-rejected': otherwise,
  'message-too-large': otherwise,
  'host-not-found': otherwise,
  'connection-refused': otherwise,
  'connection-lost': otherwise,
  timeout: otherwise,
  'server-busy': otherwise,
  'server-unavailable': otherwise,
  'server-refused': otherwise,
  unknown: otherwise,
};

/**
 * The preferred alert where its article is raised for the reason; else an alert whose article is;
 * else the general one. Articles that are no alerts have no wording and are never raised.
 */
export function createAlertFor(articles: () => readonly AlertArticle[]): AlertFor {
  let known = byReason(articles());
  return (failure, circumstances) => {
    if (known.articles !== articles()) known = byReason(articles());
    const candidates = known.raisedFor.get(failure.reason) ?? [];
    const preferred = idOf<TopicId>(preferences[failure.reason](circumstances));
    if (candidates.includes(preferred)) return preferred;
    return candidates[0] ?? idOf<TopicId>(FALLBACK);
  };
}

/** Articles may be edited while the engine runs. */
function byReason(articles: readonly AlertArticle[]) {
  const raisedFor = new Map<FailureReason, TopicId[]>();
  for (const article of articles) {
    if (article.kind !== 'alert') continue;
    for (const reason of article.raisedFor) {
      raisedFor.set(reason, [...(raisedFor.get(reason) ?? []), article.id]);
    }
  }
  return { articles, raisedFor };
}
