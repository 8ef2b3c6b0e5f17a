import type { Failure } from '../services/domain/failure.ts';
import { DIRECTIONS, type Direction } from '../services/domain/mailbox.ts';
import { type DirectionResult, passed } from '../services/domain/test-run.ts';
import { epochMsOf } from '../services/domain/time.ts';
import type { Translator } from '../services/i18n/index.ts';
import { execute } from './actions.ts';
import type { AdaptiveCard, CardElement } from './card.ts';
import { compose } from './compose.ts';
import {
  bold,
  buttons,
  container,
  type Elements,
  joined,
  POINTER,
  say,
  small,
  text,
  title,
} from './elements.ts';
import { type Detail, fitCard } from './fit.ts';
import { advice } from './parts/advice.ts';
import { fixButton } from './parts/fix-buttons.ts';
import {
  approveButton,
  mailboxButton,
  markPrimaryButton,
  topicButton,
} from './parts/mailbox-buttons.ts';
import { insecureLine } from './parts/mailbox-state.ts';
import { replicaNote } from './parts/replica-note.ts';
import { sightLinesOf } from './parts/sight-lines.ts';
import { stageList } from './parts/stage-list.ts';
import { topicRows } from './parts/topic-rows.ts';
import { type CardText, markdown, plain } from './text.ts';
import type { TestRunView } from './views.ts';

/** Test & Enable as it goes: queued, running stage by stage, done with what to do. */
export function testRunCard(view: TestRunView, t: Translator): AdaptiveCard {
  const { run, mailbox } = view;
  const headline = t(`card.test.${phaseOf(view)}`, { mailbox: mailbox.mailbox.name });
  return fitCard((detail) =>
    compose(t, {
      summary: headline,
      body: [
        title(say(t, `card.test.${phaseOf(view)}`, { mailbox: mailbox.mailbox.name })),
        small(plain(mailbox.mailbox.address, 150), { spacing: 'none' }),
        small(meta(view, t), { spacing: 'none' }),
        mailbox.profile?.replica === true
          ? small(markdown(`ℹ️ ${replicaNote(mailbox.profile, t)}`), {
              spacing: 'small',
              isSubtle: false,
            })
          : null,
        insecureLine(mailbox, t),
        ...DIRECTIONS.map((direction) => directionBox(view, direction, t, detail)),
        run.releasedMessages > 0
          ? text(say(t, 'card.test.released', { count: run.releasedMessages }), {
              spacing: 'medium',
            })
          : null,
        phaseOf(view) === 'running' || phaseOf(view) === 'queued'
          ? small(say(t, 'card.test.follows'), { spacing: 'medium' })
          : null,
        actions(view, t),
        ...(explaining(view).length > 1 ? topicRows(explaining(view), t, mailbox.mailbox.id) : []),
      ],
    }),
  );
}

type Phase = 'queued' | 'running' | 'passed' | 'failed' | 'interrupted' | 'nothing-tested';

function phaseOf({ run }: TestRunView): Phase {
  if (run.state !== 'done') return run.state;
  if (passed(run)) return 'passed';
  const results = Object.values(run.results);
  if (results.every(({ outcome }) => outcome === 'skipped')) return 'nothing-tested';
  const failed = results.some(({ outcome }) => outcome === 'failed');
  return failed ? 'failed' : 'interrupted';
}

function meta({ run, requestedByName }: TestRunView, t: Translator): CardText {
  const tookMs = durationMs(run);
  return joined([
    say(t, 'card.test.requested', { name: requestedByName, when: t.dateTime(run.startedAt) }),
    tookMs === null
      ? null
      : say(t, 'card.test.took', { seconds: Math.max(1, Math.round(tookMs / 1_000)) }),
  ]);
}

/** The stages were measured on a real clock; start and end stand on the engine's, which a demo may speed up. */
function durationMs({ results, startedAt, finishedAt }: TestRunView['run']): number | null {
  if (finishedAt === null) return null;
  const stages = Object.values(results).flatMap((one) => ('stages' in one ? one.stages : []));
  return stages.length === 0
    ? epochMsOf(finishedAt) - epochMsOf(startedAt)
    : stages.reduce((sum, { tookMs }) => sum + tookMs, 0);
}

const LOOK = {
  waiting: { icon: '⏳', style: 'emphasis' },
  running: { icon: '🔄', style: 'emphasis' },
  passed: { icon: '✅', style: 'good' },
  failed: { icon: '❌', style: 'attention' },
  interrupted: { icon: '⚠️', style: 'warning' },
  skipped: { icon: '➖', style: 'emphasis' },
} as const;

function directionBox(
  view: TestRunView,
  direction: Direction,
  t: Translator,
  detail: Detail,
): CardElement {
  const result = view.run.results[direction];
  const protocol = 'protocol' in result ? result.protocol : null;
  const { icon, style } = LOOK[result.outcome];
  const head = joined([
    bold(say(t, `card.direction.${direction}`)),
    protocol === null ? null : plain(protocol.toUpperCase()),
    say(t, `card.outcome.${result.outcome}`),
  ]);
  return container(
    [
      text(markdown(`${icon} ${head}`), { spacing: 'none' }),
      ...directionBody(result, view, direction, t, detail),
    ],
    { style, spacing: 'medium' },
  );
}

function directionBody(
  result: DirectionResult,
  view: TestRunView,
  direction: Direction,
  t: Translator,
  detail: Detail,
): Elements {
  if (result.outcome === 'waiting') return [];
  if (result.outcome === 'skipped') {
    return [text(say(t, `card.skipped.${result.because}`), { spacing: 'none' })];
  }
  const stages = stageList(result.stages, direction, t, detail);
  if (result.outcome === 'interrupted') {
    return [text(say(t, `card.interrupted.${result.by}`), { spacing: 'none' }), ...stages];
  }
  if (result.outcome !== 'failed') return stages;
  const toDo = saidBefore(view, direction, t) ? null : whatToDo(result.failure, view, direction, t);
  return [
    result.failure === null ? null : text(reasonLine(result.failure, t), { spacing: 'none' }),
    ...sightLinesOf(view.mailbox.sights ?? [], direction, t),
    container(stages, { spacing: 'small' }),
    toDo === null
      ? null
      : text(markdown(`${POINTER} **${t('card.test.to-do')}** ${toDo}`), { spacing: 'small' }),
  ];
}

/** No session was tried that could tell in its stages which organization it is. */
function reasonLine({ reason, evidence }: Failure, t: Translator): CardText {
  const other = evidence.find(({ label }) => label === 'primary-organization');
  const named =
    other === undefined
      ? null
      : joined([say(t, 'card.evidence.primary-organization'), bold(plain(other.value, 100))], ': ');
  return joined([say(t, `card.reason.${reason}`), named], ' ');
}

/** What one direction needs is mostly what the next one needs, too. */
function saidBefore(view: TestRunView, direction: Direction, t: Translator): boolean {
  const adviceFor = (one: Direction): CardText | null => {
    const result = view.run.results[one];
    return result.outcome === 'failed' ? whatToDo(result.failure, view, one, t) : null;
  };
  const own = adviceFor(direction);
  return DIRECTIONS.slice(0, DIRECTIONS.indexOf(direction)).some((one) => adviceFor(one) === own);
}

/** An engine may not know why (Dataverse tells only by an alert): then the article's first step. */
function whatToDo(
  failure: Failure | null,
  { mailbox, articles }: TestRunView,
  direction: Direction,
  t: Translator,
): CardText | null {
  if (failure === null) {
    const article = articles[direction];
    return article === undefined ? null : markdown(article.firstStep);
  }
  return advice(
    {
      reason: failure.reason,
      direction,
      profile: mailbox.profile,
      afterwards: mailbox.allowed.testAndEnable ? 'test' : 'ask',
      mailboxCount: 1,
    },
    t,
  );
}

/** Both directions mostly fail for one reason. */
function explaining({ articles }: TestRunView): readonly { topic: string; title: string }[] {
  const titles = new Map(Object.values(articles).map(({ topic, title: name }) => [topic, name]));
  return [...titles].map(([topic, name]) => ({ topic, title: name }));
}

function actions(view: TestRunView, t: Translator): CardElement | null {
  const { run, mailbox } = view;
  const mailboxId = mailbox.mailbox.id;
  if (run.state !== 'done') {
    const label = t('card.button.refresh');
    return buttons([execute('show-test-run', label, { testRunId: run.id, mailboxId })]);
  }
  const failed = phaseOf(view) !== 'passed';
  // The run's own key: the mailbox may be as it was before, and this is a new test all the same.
  const pressKey = `${run.id}:again`;
  const topics = explaining(view);
  const [only] = topics.length === 1 ? topics : [];
  return buttons([
    failed && mailbox.allowed.testAndEnable
      ? execute(
          'test-and-enable',
          t('card.button.test-again'),
          { mailboxId, pressKey },
          { style: 'positive' },
        )
      : null,
    failed ? fixButton(mailbox, t) : null,
    failed ? approveButton(mailbox, t) : null,
    failed ? markPrimaryButton(mailbox, t) : null,
    only === undefined ? null : topicButton(only.topic, t('card.button.show-steps'), mailboxId),
    mailboxButton(mailbox, t),
  ]);
}
