import { describe, expect, it } from 'vitest';
import { stepViews } from '../../../../bot/present/step-now.ts';
import type { Article, ArticleStep, StepCondition } from '../../../../services/domain/article.ts';
import { idOf, type MailboxId } from '../../../../services/domain/ids.ts';
import type { DirectionState, Mailbox } from '../../../../services/domain/mailbox.ts';
import type { EmailServerProfile, ServerType } from '../../../../services/domain/profile.ts';
import { mailboxById } from '../../../../services/sync-engine/index.ts';
import { createBotWorld } from '../../../support/bot-world.ts';

const { services } = await createBotWorld();
const mailbox = (await mailboxById(services.engine, idOf<MailboxId>('anna'))) as Mailbox;
const profile = (await services.engine.profile(mailbox.profileId!)) as EmailServerProfile;
const organization = (await services.engine.organization(mailbox.organizationId)) ?? null;

function step(when: StepCondition, serverTypes: readonly ServerType[] = []): ArticleStep {
  return { text: { sv: when, en: when }, who: 'user', when, serverTypes, deployments: [] };
}

function article(...steps: readonly ArticleStep[]): Article {
  const [template] = services.knowledge.articles();
  return { ...template!, steps };
}

/** Anna's mailbox with one direction changed. */
function withIncoming(change: Partial<DirectionState>, over: Partial<Mailbox> = {}): Mailbox {
  const incoming = {
    ...mailbox.directions.incoming,
    enabled: true,
    status: 'success',
    ...change,
  } as const;
  const outgoing = { ...mailbox.directions.outgoing, enabled: true, status: 'success' } as const;
  return { ...mailbox, directions: { ...mailbox.directions, incoming, outgoing }, ...over };
}

function now(
  of: Article,
  subject: Mailbox,
  direction: 'incoming' | 'outgoing' | null = null,
): string | undefined {
  const situation = { mailbox: subject, profile, organization, direction };
  return stepViews(of, situation).find((view) => view.now)?.step.when;
}

describe('the step to take now', () => {
  const disabled = { enabled: false, disabledAt: '2026-11-23T08:00:00.000Z' };
  const cases: readonly (readonly [StepCondition, Mailbox])[] = [
    [
      'not-approved',
      withIncoming({}, { approval: { state: 'pending', decidedBy: null, decidedAt: null } }),
    ],
    ['not-enabled', withIncoming({ enabled: false })],
    ['disabled', withIncoming(disabled)],
    ['retrying', withIncoming({ transientFailures: 1 })],
    ['retrying', withIncoming({ confirming: true })],
    ['answers-again', withIncoming({ ...disabled, answersAgainAt: '2026-11-23T09:00:00.000Z' })],
    ['never-tested', withIncoming({ status: 'not-run' })],
    ['no-profile', withIncoming({}, { profileId: null })],
    ['inactive', withIncoming({}, { active: false })],
    [
      'act-on-unsupported-server',
      withIncoming(
        {},
        {
          directions: {
            ...mailbox.directions,
            act: { ...mailbox.directions.act, method: 'server-side-synchronization' },
          },
        },
      ),
    ],
  ];

  it.each(cases)('is the one for %s where the mailbox is so', (condition, subject) => {
    expect(now(article(step(condition), step('always')), subject)).toBe(condition);
  });

  it.each([...new Set(cases.map(([condition]) => condition))])(
    'is not the one for %s where the mailbox is well, nor any other',
    (condition) => {
      expect(now(article(step(condition), step('always')), withIncoming({}))).toBeUndefined();
    },
  );

  it('is the first that fits, and only one', () => {
    const views = stepViews(article(step('always'), step('disabled'), step('always')), {
      mailbox: withIncoming(disabled),
      profile,
      organization,
      direction: null,
    });
    expect(views.map((view) => view.now)).toEqual([true, false, false]);
  });

  it('looks only at the direction that the alert is about', () => {
    const steps = article(step('disabled'), step('always'));
    expect(now(steps, withIncoming(disabled), 'outgoing')).toBeUndefined();
    expect(now(steps, withIncoming(disabled), 'incoming')).toBe('disabled');
  });

  it('is none where no mailbox is known', () => {
    const views = stepViews(article(step('always')), null);
    expect(views.map((view) => view.now)).toEqual([false]);
  });

  it('is none where the mailbox works and nothing but general advice is left', () => {
    const general = article(step('not-approved'), step('always'));
    expect(now(general, withIncoming({}))).toBeUndefined();
    expect(now(general, withIncoming({ transientFailures: 1 }))).toBe('always');
  });

  it('leaves out what is not going on: a working server does not "answer again"', () => {
    const steps = article(step('answers-again'), step('retrying'), step('always'));
    const situation = { mailbox: withIncoming({}), profile, organization, direction: null };
    expect(stepViews(steps, situation).map((view) => view.step.when)).toEqual(['always']);
    expect(stepViews(steps, null)).toHaveLength(3);
  });

  it('leaves out steps for other servers', () => {
    const views = stepViews(article(step('always', ['exchange-online']), step('always')), {
      mailbox,
      profile,
      organization,
      direction: null,
    });
    expect(views).toHaveLength(1);
  });
});
