import type { Evidence, OccurredFailure } from '../../services/domain/failure.ts';
import { DIRECTIONS, type Direction } from '../../services/domain/mailbox.ts';
import type { Endpoint } from '../../services/domain/profile.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { Detail } from '../fit.ts';
import type { SupportView } from '../support-views.ts';
import { tidy } from '../text.ts';

type Lines = readonly (string | null)[];

/**
 * One text, ready for an Exchange administrator or Microsoft: what is wrong, in the words of the
 * product and of the server, with the ids that a support engineer searches by. Moments are UTC as
 * ISO 8601 has them, because logs elsewhere are.
 */
export function supportText(view: SupportView, t: Translator, detail: Detail): string {
  const blocks: readonly Lines[] = [
    [t('card.support.heading', { at: view.at })],
    about(view, t),
    ...DIRECTIONS.map((direction) => directionLines(view, direction, t, detail)),
    alertLines(view, t, detail),
    testLines(view, t, detail),
    sightLines(view, t, detail),
  ];
  return blocks
    .map((lines) => lines.filter((line) => line !== null).join('\n'))
    .filter((block) => block !== '')
    .join('\n\n');
}

/** One line, without what would break out of it. */
function line(label: string, value: string | null, detail?: Detail): string | null {
  return value === null || value === '' ? null : `${label}: ${tidy(value, detail?.text ?? 300)}`;
}

function about({ mailbox, profile, organization }: SupportView, t: Translator): Lines {
  return [
    line(t('card.support.mailbox'), `${tidy(mailbox.name, 120)} <${tidy(mailbox.address, 200)}>`),
    line(t('card.support.mailbox-id'), mailbox.id),
    line(t('card.support.kind'), t(`card.mailbox.${mailbox.kind}`)),
    line(t('card.support.active'), t(`card.profile.${mailbox.active ? 'on' : 'off'}`)),
    line(t('card.support.approval'), t(`card.approval.${mailbox.approval.state}`)),
    organization === null
      ? null
      : line(
          t('card.support.organization'),
          `${tidy(organization.name, 120)} (${t(`card.deployment.${organization.deployment}`)}), ${organization.id}`,
        ),
    profile === null
      ? line(t('card.support.profile'), '–')
      : line(
          t('card.support.profile'),
          `${tidy(profile.name, 120)} (${t(`card.server.${profile.serverType}`)}), ${profile.id}`,
        ),
    profile === null ? null : line(t('card.profile.incoming'), endpoint(profile.incoming, t)),
    profile === null ? null : line(t('card.profile.outgoing'), endpoint(profile.outgoing, t)),
    profile === null ? null : line(t('card.profile.location'), profile.location ?? null),
  ];
}

function endpoint({ protocol, host, port, tls }: Endpoint, t: Translator): string {
  return `${protocol.toUpperCase()} ${tidy(host, 200)}:${port}, ${t(`card.tls.${tls}`)}`;
}

function directionLines(
  { mailbox }: SupportView,
  direction: Direction,
  t: Translator,
  detail: Detail,
): Lines {
  const state = mailbox.directions[direction];
  const name = t(`card.direction.${direction}`);
  if (state.method !== 'server-side-synchronization') {
    return [line(name, t(`card.method.${state.method}`))];
  }
  const facts = [
    t(`card.support.${state.enabled ? 'enabled' : 'not-enabled'}`),
    t(`card.support.status-${state.status}`),
    state.disabledAt && t('card.support.disabled-at', { at: state.disabledAt }),
    state.transientFailures > 0
      ? t('card.support.retries', { count: state.transientFailures })
      : null,
    state.nextAttemptAt && t('card.support.next-at', { at: state.nextAttemptAt }),
  ].filter((fact) => fact !== null && fact !== '');
  return [line(name, facts.join('; ')), ...failureLines(state.lastFailure, t, detail)];
}

function failureLines(failure: OccurredFailure | null, t: Translator, detail: Detail): Lines {
  if (failure === null) return [];
  return [
    line(
      `  ${t('card.support.failure')}`,
      `${failure.at}, ${t(`card.stage.${failure.stage}`)}, ${failure.reason}: ${t(`card.reason.${failure.reason}`)}`,
    ),
    ...evidenceLines(failure.evidence, t, detail),
  ];
}

/** As it was seen: dates of certificates stay as OpenSSL printed them. */
function evidenceLines(evidence: readonly Evidence[], t: Translator, detail: Detail): Lines {
  return evidence
    .flatMap(({ label, value }) =>
      label === 'hint' || label === 'found-after'
        ? []
        : [line(`  ${t(`card.evidence.${label}`)}`, value)],
    )
    .slice(0, detail.evidence);
}

function alertLines({ alerts }: SupportView, t: Translator, detail: Detail): Lines {
  const shown = alerts.slice(0, detail.items);
  return [
    shown.length === 0 ? null : `${t('card.support.alerts')}:`,
    ...shown.flatMap(({ alert, words, title, codes }) => [
      `- ${alert.raisedAt}, ${t(`card.level.${alert.level}`)}: ${tidy(words ?? title, detail.text)}`,
      codes.length === 0 ? null : line(`  ${t('card.support.codes')}`, codes.join(', ')),
      line(`  ${t('card.support.alert-id')}`, alert.id),
    ]),
    alerts.length > shown.length ? t('card.more', { count: alerts.length - shown.length }) : null,
  ];
}

function testLines({ run }: SupportView, t: Translator, detail: Detail): Lines {
  if (run === null) return [];
  return [
    `${t('card.support.test')}: ${run.startedAt} – ${run.finishedAt ?? '…'}, ${run.id}`,
    ...DIRECTIONS.flatMap((direction) => {
      const result = run.results[direction];
      const stages = 'stages' in result ? result.stages : [];
      const failure = 'failure' in result ? result.failure : null;
      return [
        line(`- ${t(`card.direction.${direction}`)}`, t(`card.outcome.${result.outcome}`)),
        failure === null ? null : line(`  ${failure.reason}`, t(`card.reason.${failure.reason}`)),
        ...stages
          .filter(({ outcome }) => outcome === 'failed')
          .flatMap((stage) => [
            line(`  ${t(`card.stage.${stage.stage}`)}`, t('card.stage.failed')),
            ...evidenceLines(stage.evidence, t, detail),
          ]),
      ];
    }),
  ];
}

function sightLines({ sights }: SupportView, t: Translator, detail: Detail): Lines {
  return sights
    .slice(0, detail.items)
    .flatMap(({ sight }) => [
      line(t('card.support.seen'), `${endpoint(sight.endpoint, t)}, ${sight.at}`),
      line(`  ${sight.outcome}`, sight.reason && t(`card.reason.${sight.reason}`)),
      line(`  ${t('card.evidence.certificate-valid-to')}`, sight.certificateEndsAt),
      line(`  ${t('card.evidence.sign-in-method')}`, sight.signIn.join(' ')),
    ]);
}
