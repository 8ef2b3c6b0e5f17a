import type { EarlyWarning } from '../../services/domain/early-warning.ts';
import type { LimitUse } from '../../services/domain/exchange-online-limits.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { execute } from '../actions.ts';
import type { CardElement } from '../card.ts';
import type { AheadView } from '../early-warning-views.ts';
import { container, facts, joined, row, say, section, small, text } from '../elements.ts';
import { type Detail, listed } from '../fit.ts';
import { type CardText, markdown, plain, tidy } from '../text.ts';
import { topicPayload } from './topic-payload.ts';

/** What will fail, in one line without Markdown: title, notification, and label of a row. */
export function warningTitle({ trouble, level }: EarlyWarning, t: Translator): string {
  switch (trouble.kind) {
    case 'certificate-expires':
      return t(`card.early.title.${trouble.kind}`, { host: tidy(trouble.certificate.host, 100) });
    case 'secret-expires':
      return t(`card.early.title.${trouble.kind}`);
    case 'password-expires':
      return t(`card.early.title.${trouble.kind}`, { user: tidy(trouble.userName, 100) });
    case 'switch-off':
      return t(`card.switch-off.${trouble.switchOff}.title`);
    case 'quota-near':
      return t(level === 'reached' ? 'card.early.title.full' : 'card.early.title.quota-near');
    case 'limit-near':
      return t(level === 'reached' ? 'card.early.title.limit' : 'card.early.title.limit-near');
  }
}

/** When it happens, or how much is used where nobody knows when. */
export function warningMoment({ trouble, at, level }: EarlyWarning, t: Translator): CardText {
  if (trouble.kind === 'quota-near') {
    const { resource, used, allowed } = trouble.quota;
    return resource === 'messages'
      ? say(t, 'card.early.messages', { used: t.number(used), allowed: t.number(allowed) })
      : say(t, 'card.early.storage', {
          percent: t.number(Math.floor((100 * used) / allowed)),
          allowed: t.number(Math.max(1, Math.round(allowed / MEGABYTE))),
        });
  }
  if (trouble.kind === 'limit-near') return limitText(trouble.use, t);
  const when = at === null ? '' : t.dateTime(at);
  return say(t, level === 'over' ? 'card.early.was' : 'card.early.on', { when });
}

const MEGABYTE = 1_024 * 1_024;

function limitText({ limit, used, allowed }: LimitUse, t: Translator): CardText {
  return say(t, `card.limit.${limit}`, { used: t.number(used), allowed: t.number(allowed) });
}

/** On the mailbox's own card: what lies ahead, and how much of the limits is used. */
export function aheadLines(
  { warnings, limits }: AheadView,
  mailboxId: string,
  t: Translator,
  detail: Detail,
): readonly (CardElement | null)[] {
  const used =
    limits.length === 0
      ? null
      : facts([[say(t, 'card.fact.limits'), joined(limits.map((use) => limitText(use, t)))]], {
          spacing: 'small',
        });
  if (warnings.length === 0) return [used];
  return [
    used,
    section(say(t, 'card.early.ahead')),
    ...listed(t, warnings, detail.items, (warning) => {
      const name = warningTitle(warning, t);
      return container(
        [
          row(
            [text(markdown('⏰'), { spacing: 'none' })],
            [
              text(plain(name, 200), { color: 'accent', spacing: 'none' }),
              small(warningMoment(warning, t), { spacing: 'none' }),
            ],
          ),
        ],
        {
          spacing: 'small',
          selectAction: execute('show-topic', name, topicPayload(warning.topic, mailboxId, {})),
        },
      );
    }),
  ];
}
