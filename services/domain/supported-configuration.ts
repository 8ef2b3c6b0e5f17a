import type { ExchangeVersion, MailService } from './mail-service.ts';
import type { DeliveryMethod, MailboxKind } from './mailbox.ts';
import type { Deployment } from './organization.ts';
import type { CredentialSource, ServerType } from './profile.ts';
import { isListed } from './supported-systems.ts';
import { AGAINST, type Objection } from './unsupported-rules.ts';

/**
 * What is known of a set-up. Whoever asks leaves out what is not known: a rule that would need it
 * stays open instead of guessing.
 */
export interface SetUp {
  readonly deployment?: Deployment;
  /** Dynamics 365 for US Government opens few ports to mail servers. */
  readonly cloud?: 'commercial' | 'us-government';
  /** The kind of email server profile. */
  readonly profile?: ServerType;
  readonly incomingService?: MailService;
  readonly outgoingService?: MailService;
  /** `exchange` is EWS or Microsoft Graph. */
  readonly incomingProtocol?: 'exchange' | 'pop3' | 'imap';
  readonly outgoingProtocol?: 'exchange' | 'smtp';
  readonly exchangeVersion?: ExchangeVersion;
  readonly mailbox?: MailboxKind;
  readonly act?: DeliveryMethod;
  /** Others of the same organization synchronize ACT by another method. */
  readonly actMethodsMixed?: boolean;
  readonly credentials?: CredentialSource;
  readonly multiFactor?: boolean;
  readonly impersonation?: boolean;
  readonly autodiscover?: boolean;
  /** The tenant of Exchange Online beside that of Dynamics 365. */
  readonly tenant?: 'same' | 'another';
  /** Every port is one that this kind of server usually has. */
  readonly defaultPorts?: boolean;
  /** Every port is one of the four that Dynamics 365 for US Government opens. */
  readonly governmentPorts?: boolean;
  /** Every connection is encrypted, or one is not. */
  readonly encrypted?: boolean;
  /** AllowNonSSLEmail and AllowCredentialsEntryViaNonSecureChannels, on-premises only. */
  readonly unencryptedServersAllowed?: boolean;
  readonly insecureCredentialsAllowed?: boolean;
  /** The deployment is configured for FIPS 140-2. */
  readonly fips?: boolean;
  readonly fipsCompliantServer?: boolean;
  /** Something on the way inspects or changes the traffic. */
  readonly trafficInspected?: boolean;
  readonly bulkMail?: boolean;
  readonly encryptedMessages?: boolean;
  readonly customProvider?: boolean;
}
export type Fact = keyof SetUp;

export type Verdict = 'supported' | 'not-recommended' | 'unsupported';

export interface SupportReason {
  readonly verdict: Exclude<Verdict, 'supported'>;
  readonly rule: Objection;
  /** The article that explains it. */
  readonly topic: string;
  /** What in the set-up makes it so, to point at. */
  readonly facts: readonly Fact[];
}

export interface Support {
  readonly verdict: Verdict;
  /** Worst first. */
  readonly reasons: readonly SupportReason[];
  /** What is not known and could still make the verdict worse: the questions to ask. */
  readonly open: readonly Fact[];
}

const GRAVITY: Readonly<Record<Verdict, number>> = {
  supported: 0,
  'not-recommended': 1,
  unsupported: 2,
};

/** Whether an article is what some reason refers to. */
export function explainsSupport(topic: string): boolean {
  return AGAINST.some((rule) => rule.topic === topic);
}

/** Holds a set-up against Microsoft's table and its list of what is not supported (domain.md §6.5). */
export function supportOf(setUp: SetUp): Support {
  const reasons: SupportReason[] = [];
  const undecided: { readonly gravity: number; readonly facts: readonly Fact[] }[] = [];
  for (const { rule, verdict, topic, when } of AGAINST) {
    const facts = Object.keys(when) as Fact[];
    const unknown = facts.filter((fact) => setUp[fact] === undefined);
    const accepted: { readonly [Name in Fact]?: readonly unknown[] } = when;
    const excluded = facts.some(
      (fact) => !unknown.includes(fact) && accepted[fact]?.includes(setUp[fact]) !== true,
    );
    if (excluded) continue;
    if (unknown.length === 0) reasons.push({ rule, verdict, topic, facts });
    else undecided.push({ gravity: GRAVITY[verdict], facts: unknown });
  }
  const refusedByName = reasons.some(
    (reason) => reason.verdict === 'unsupported' && reason.facts.includes('incomingService'),
  );
  if (!refusedByName && isListed(setUp) === false) {
    reasons.push({
      rule: 'not-listed',
      verdict: 'not-recommended',
      topic: 'unsupported-configurations',
      facts: ['deployment', 'incomingService'],
    });
  }
  reasons.sort((a, b) => GRAVITY[b.verdict] - GRAVITY[a.verdict]);
  const verdict = reasons[0]?.verdict ?? 'supported';
  const open = undecided
    .filter(({ gravity }) => gravity > GRAVITY[verdict])
    .flatMap(({ facts }) => facts);
  return { verdict, reasons, open: [...new Set(open)] };
}
