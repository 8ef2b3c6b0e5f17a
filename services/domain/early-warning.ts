import type { LimitUse } from './exchange-online-limits.ts';
import type { MailboxId, ProfileId, TopicId } from './ids.ts';
import { epochMsOf, HOUR_MS, type Instant } from './time.ts';

export const DAY_MS = 24 * HOUR_MS;

/** What a server showed of itself when a session with it was secured. */
export interface ServerCertificate {
  readonly host: string;
  readonly port: number;
  readonly subject: string;
  readonly issuer: string;
  readonly validTo: Instant;
  /** SHA-256 of the certificate: the same one wherever it is seen. */
  readonly fingerprint: string;
}

/** How much of a quota is used, in bytes or in messages. */
export interface QuotaUse {
  readonly resource: 'storage' | 'messages';
  readonly used: number;
  readonly allowed: number;
}

/** Switch-offs that have texts in data/locales; their dates stand in data/switch-offs.yaml. */
export const SWITCH_OFFS = ['ews-exchange-online', 'smtp-password-exchange-online'] as const;
export type SwitchOffId = (typeof SWITCH_OFFS)[number];

/** What will fail. A secret itself is no part of it. */
export type ForetoldTrouble =
  | { readonly kind: 'certificate-expires'; readonly certificate: ServerCertificate }
  /** `clientId`: of the application in Microsoft Entra whose secret it is. */
  | { readonly kind: 'secret-expires'; readonly clientId: string }
  | { readonly kind: 'password-expires'; readonly userName: string }
  | { readonly kind: 'switch-off'; readonly switchOff: SwitchOffId; readonly host: string }
  | { readonly kind: 'quota-near'; readonly quota: QuotaUse }
  | { readonly kind: 'limit-near'; readonly use: LimitUse };
export type EarlyWarningKind = ForetoldTrouble['kind'];

/** How near it is: by days where there is a date, by use where there is none. */
export const WARNING_LEVELS = ['ahead', 'month', 'week', 'day', 'over', 'near', 'reached'] as const;
export type WarningLevel = (typeof WARNING_LEVELS)[number];

/** Told while everything still works: what will fail, when, and the article that explains it. */
export interface EarlyWarning {
  /** `<cause>@<mailbox or profile>` */
  readonly id: string;
  /** Equal for all that one repair ends: a certificate that two profiles see is one. */
  readonly cause: string;
  readonly trouble: ForetoldTrouble;
  /** Whose trouble it is: one mailbox's own, or (null) that of the whole profile. */
  readonly mailboxId: MailboxId | null;
  readonly profileId: ProfileId;
  readonly topic: TopicId;
  readonly level: WarningLevel;
  /** When it happens; null where nobody can know. */
  readonly at: Instant | null;
  readonly raisedAt: Instant;
  readonly closedAt: Instant | null;
}

const STEPS: readonly (readonly [days: number, level: WarningLevel])[] = [
  [0, 'over'],
  [1, 'day'],
  [7, 'week'],
  [30, 'month'],
];

/** A switch-off takes more than a month to prepare for. */
const AHEAD_DAYS = 180;

/** Null while it is too far away to be told. */
export function levelAt(kind: EarlyWarningKind, at: Instant, nowMs: number): WarningLevel | null {
  const days = (epochMsOf(at) - nowMs) / DAY_MS;
  const step = STEPS.find(([within]) => days <= within);
  if (step !== undefined) return step[1];
  return kind === 'switch-off' && days <= AHEAD_DAYS ? 'ahead' : null;
}

/** Mail is refused at the limit; from nine tenths on there is still time to make room. */
const NEAR = 0.9;

export function quotaLevel({ used, allowed }: QuotaUse): 'near' | 'reached' | null {
  if (allowed <= 0) return null;
  return used >= allowed ? 'reached' : used >= allowed * NEAR ? 'near' : null;
}

/** Whether this level is worth another message: what went before was further away. */
export function isNearer(level: WarningLevel, than: WarningLevel): boolean {
  return WARNING_LEVELS.indexOf(level) > WARNING_LEVELS.indexOf(than);
}
