import type { AheadView, EarlyWarningView } from '../../cards/index.ts';
import * as cards from '../../cards/index.ts';
import {
  type EarlyWarning,
  type ForetoldTrouble,
  SWITCH_OFFS,
  type WarningLevel,
} from '../../services/domain/early-warning.ts';
import { EXCHANGE_LIMITS, type LimitUse } from '../../services/domain/exchange-online-limits.ts';
import { idOf } from '../../services/domain/ids.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { at, type OutsideTexts } from './card-fixtures.ts';
import type { Box, Scene } from './card-scenes.ts';

const IN_A_MONTH = 30 * 24 * 60;

/** Every kind of warning at every level, and the mailbox card that shows them. */
export function warningScenes(texts: OutsideTexts, t: Translator, box: Box): Scene[] {
  const troubles = troublesOf(texts);
  const scene = (name: string, view: Partial<EarlyWarningView>): Scene => ({
    name: `early-warning-${name}`,
    card: cards.earlyWarningCard(
      {
        warning: warningOf(troubles.certificate, 'month'),
        profileNames: [texts.profile],
        mailbox: null,
        mailboxes: [],
        mailboxCount: 1,
        ...view,
      },
      t,
    ),
  });
  const own = { mailbox: box(), profileNames: [] };
  const all = Object.entries(troubles);
  return [
    ...all.map(([name, trouble]) => {
      const level = trouble.kind.endsWith('near') ? 'near' : 'week';
      const ofMailbox = level === 'near' || trouble.kind === 'password-expires';
      return scene(name, { warning: warningOf(trouble, level), ...(ofMailbox && own) });
    }),
    ...(['ahead', 'month', 'week', 'day', 'over'] as const).map((level) =>
      scene(`certificate-${level}`, { warning: warningOf(troubles.certificate, level) }),
    ),
    scene('full', { warning: warningOf(troubles.quota, 'reached'), ...own }),
    scene('at-limit', { warning: warningOf(troubles[EXCHANGE_LIMITS[0]], 'reached'), ...own }),
    scene('put-right', {
      warning: { ...warningOf(troubles.certificate, 'week'), closedAt: at(0) },
    }),
    scene('many-mailboxes', {
      profileNames: [texts.profile, texts.profile],
      mailboxes: Array.from({ length: 5 }, () => box()),
      mailboxCount: 10_000,
    }),
    {
      name: 'mailbox-ahead',
      card: cards.mailboxCard(box({ serverType: 'exchange-online' }), t, aheadOf(troubles)),
    },
  ];
}

function aheadOf(troubles: ReturnType<typeof troublesOf>): AheadView {
  return {
    warnings: Object.values(troubles).map((trouble) =>
      warningOf(trouble, trouble.kind.endsWith('near') ? 'near' : 'month'),
    ),
    limits: EXCHANGE_LIMITS.map(useOf),
  };
}

function warningOf(trouble: ForetoldTrouble, level: WarningLevel): EarlyWarning {
  const dated = level !== 'near' && level !== 'reached';
  return {
    id: 'warning-1',
    cause: 'cause-1',
    trouble,
    mailboxId: null,
    profileId: idOf('profile-1'),
    topic: idOf('secure-connection'),
    level,
    at: dated ? at(level === 'over' ? -60 : IN_A_MONTH) : null,
    raisedAt: at(-60),
    closedAt: null,
  };
}

function useOf(limit: LimitUse['limit']): LimitUse {
  return { limit, used: 8_100, allowed: 10_000, level: 'near', easesAt: at(30) };
}

function troublesOf({ mailbox, address, person, reply }: OutsideTexts) {
  const certificate = {
    host: mailbox,
    port: 993,
    subject: person,
    issuer: reply,
    validTo: at(IN_A_MONTH),
    fingerprint: 'AA:11',
  };
  return {
    certificate: { kind: 'certificate-expires', certificate },
    secret: { kind: 'secret-expires', clientId: address },
    password: { kind: 'password-expires', userName: address },
    quota: { kind: 'quota-near', quota: { resource: 'storage', used: 95e8, allowed: 1e10 } },
    messages: { kind: 'quota-near', quota: { resource: 'messages', used: 9_500, allowed: 10_000 } },
    ...byName(SWITCH_OFFS, (switchOff) => ({ kind: 'switch-off', switchOff, host: mailbox })),
    ...byName(EXCHANGE_LIMITS, (limit) => ({ kind: 'limit-near', use: useOf(limit) })),
  } as const satisfies Record<string, ForetoldTrouble>;
}

function byName<Name extends string>(
  names: readonly Name[],
  make: (name: Name) => ForetoldTrouble,
): Record<Name, ForetoldTrouble> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<
    Name,
    ForetoldTrouble
  >;
}
