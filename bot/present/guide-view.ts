import type { GuideStepView, GuideView, NextCause } from '../../cards/index.ts';
import type { Article } from '../../services/domain/article.ts';
import { type Guide, marksNow } from '../../services/domain/guide.ts';
import type { GuideId, TopicId } from '../../services/domain/ids.ts';
import { passed, type TestRun } from '../../services/domain/test-run.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mailboxView, visibleContext } from './mailbox-view.ts';
import { stepViews } from './step-now.ts';
import { testRunView } from './test-run-view.ts';
import type { Viewer } from './viewer.ts';
import { type MailboxContext, nameOf, type World } from './world.ts';

/** Null when the guide, or its article, is gone. */
export async function guideView(
  world: World,
  guideId: GuideId,
  viewer: Viewer,
  t: Translator,
): Promise<GuideView | null> {
  const guide = await world.store.get('guides', guideId);
  const article = guide && world.knowledge.article(guide.topic);
  if (guide === undefined || article === null || article === undefined) return null;
  const context =
    guide.mailboxId === null ? null : await visibleContext(world, guide.mailboxId, viewer);
  const run = guide.testRunId === null ? undefined : await world.engine.testRun(guide.testRunId);
  const found =
    run === undefined || context === null
      ? []
      : Object.values((await testRunView(world, run, context, viewer, t)).articles);
  const steps = await guideSteps(world, guide, article, context);
  return {
    guideId,
    article,
    mailbox: context === null ? null : await mailboxView(world, context, viewer, t),
    needsTest: guide.mailboxId !== null,
    steps,
    at: stepShown(guide, steps),
    state: await stateOf(world, guide, run, found),
    tried: guide.tried.map((topic) => world.knowledge.article(topic)?.title[t.language] ?? topic),
    next: nextCause(world, guide, article, found, t),
  };
}

async function guideSteps(
  world: World,
  guide: Guide,
  article: Article,
  context: MailboxContext | null,
): Promise<readonly GuideStepView[]> {
  const marks = marksNow(guide);
  const situation = context === null ? null : { ...context, direction: guide.direction };
  return Promise.all(
    stepViews(article, situation).map(async (view) => {
      const step = article.steps.indexOf(view.step);
      const mark = marks.find((one) => one.step === step);
      if (mark === undefined) return { view, step, mark: null };
      const { outcome, at } = mark;
      return { view, step, mark: { outcome, at, byName: (await nameOf(world, mark.by)) ?? '–' } };
    }),
  );
}

/** What is no longer so, or was edited away, is stepped over. */
function stepShown({ step }: Guide, steps: readonly GuideStepView[]): number | null {
  if (step === null) return null;
  const shown = steps.findIndex((one) => one.step >= step);
  return shown === -1 ? null : shown;
}

/** The step to begin with: the one that the mailbox's state asks for, or else the first. */
export function firstStep(
  article: Article,
  context: MailboxContext | null,
  direction: Guide['direction'],
): number | null {
  const views = stepViews(article, context === null ? null : { ...context, direction });
  const first = views.find(({ now }) => now) ?? views[0];
  return first === undefined ? null : article.steps.indexOf(first.step);
}

type Found = readonly { readonly topic: string; readonly title: string }[];

async function stateOf(
  world: World,
  { topic, solved }: Guide,
  run: TestRun | undefined,
  found: Found,
): Promise<GuideView['state']> {
  if (solved !== null) {
    return { kind: 'solved', byName: (await nameOf(world, solved.by)) ?? '–', when: solved.at };
  }
  if (run === undefined) return { kind: 'going' };
  const byName = (await nameOf(world, run.requestedBy)) ?? '–';
  if (run.state !== 'done') return { kind: 'testing', byName };
  if (passed(run)) return { kind: 'solved', byName, when: run.finishedAt };
  return { kind: 'failed', when: run.finishedAt, same: found.some((one) => one.topic === topic) };
}

/** What the test says comes before what the article names; nothing is offered twice. */
function nextCause(
  world: World,
  { topic, tried }: Guide,
  { related }: Article,
  found: Found,
  t: Translator,
): NextCause | null {
  const isNew = (one: string): boolean => one !== topic && !tried.includes(one as TopicId);
  const tested = found.find((one) => isNew(one.topic));
  if (tested !== undefined) {
    return { topic: tested.topic, title: tested.title, from: 'test' };
  }
  for (const one of related) {
    const article = isNew(one) ? world.knowledge.article(one) : null;
    if (article === null || article.steps.length === 0) continue;
    return { topic: one, title: article.title[t.language], from: 'related' };
  }
  return null;
}
