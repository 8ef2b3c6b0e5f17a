import type { TestRunView } from '../../cards/index.ts';
import type { Article } from '../../services/domain/article.ts';
import type { Failure } from '../../services/domain/failure.ts';
import { DIRECTIONS, type Direction } from '../../services/domain/mailbox.ts';
import type { TestRun } from '../../services/domain/test-run.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mailboxView } from './mailbox-view.ts';
import { sightViews, verdictsOfTest } from './sight-views.ts';
import { stepViews } from './step-now.ts';
import type { Viewer } from './viewer.ts';
import { type MailboxContext, nameOf, type World } from './world.ts';

export async function testRunView(
  world: World,
  run: TestRun,
  context: MailboxContext,
  viewer: Viewer,
  t: Translator,
): Promise<TestRunView> {
  const view = await mailboxView(world, context, viewer, t);
  const articles: Partial<Record<Direction, { topic: string; title: string; firstStep: string }>> =
    {};
  for (const direction of DIRECTIONS) {
    const result = run.results[direction];
    if (result.outcome !== 'failed') continue;
    const raised = view.openAlerts.find(
      (alert) => alert.direction === direction && run.raisedAlerts.includes(alert.id),
    );
    const article =
      raised === undefined
        ? articleOfFailure(world, result.failure)
        : world.knowledge.article(raised.topic);
    if (article === null) continue;
    const steps = stepViews(article, { ...context, direction });
    const step = steps.find(({ now }) => now) ?? steps[0];
    articles[direction] = {
      topic: article.id,
      title: article.title[t.language],
      firstStep: step?.step.text[t.language] ?? article.meaning[t.language],
    };
  }
  const requestedByName = (await nameOf(world, run.requestedBy)) ?? '–';
  // Asked while the test runs, so that a look is there when its verdict is.
  const sights = await sightViews(world, context.mailbox, verdictsOfTest(run));
  return { run, mailbox: { ...view, sights }, requestedByName, articles };
}

/** The article for a failure that raised no alert (yet): same scope first, then same reason. */
function articleOfFailure(world: World, failure: Failure | null): Article | null {
  if (failure === null) return null;
  const explaining = world.knowledge
    .articles()
    .filter((article) => article.raisedFor.includes(failure.reason));
  return explaining.find((article) => article.scope === failure.scope) ?? explaining[0] ?? null;
}
