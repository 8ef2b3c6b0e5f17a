import type { SupportView } from '../../cards/index.ts';
import type { Mailbox } from '../../services/domain/mailbox.ts';
import type { TestRun } from '../../services/domain/test-run.ts';
import type { Instant } from '../../services/domain/time.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { wordsOf } from './alert-words.ts';
import { sightViews, verdictsOf } from './sight-views.ts';
import type { MailboxContext, World } from './world.ts';

/** All that is known of a mailbox's trouble, for somebody who cannot see it. */
export async function supportView(
  world: World,
  { mailbox, profile, organization }: MailboxContext,
  at: Instant,
  t: Translator,
): Promise<SupportView> {
  const [openAlerts, run, sights] = await Promise.all([
    world.engine.openAlerts(mailbox.id),
    latestRun(world, mailbox),
    sightViews(world, mailbox, verdictsOf(mailbox)),
  ]);
  const alerts = openAlerts.map((alert) => {
    const article = world.knowledge.article(alert.topic);
    return {
      alert,
      words: wordsOf(world, alert, t),
      title: article?.title[t.language] ?? alert.topic,
      codes: article?.codes.length === 1 ? article.codes.map(({ text }) => text) : [],
    };
  });
  return { at, mailbox, profile, organization, alerts, run, sights };
}

/** Null of an engine that keeps its tests elsewhere. */
async function latestRun({ store }: World, { id }: Mailbox): Promise<TestRun | null> {
  let latest: TestRun | null = null;
  for (const run of await store.find('testRuns', { mailboxId: id })) {
    if (latest === null || run.startedAt > latest.startedAt) latest = run;
  }
  return latest;
}
