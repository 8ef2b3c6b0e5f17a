import type { Article } from '../services/domain/article.ts';
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
  say,
  section,
  small,
  text,
  title,
} from './elements.ts';
import { type Detail, fitCard, listed, paragraph } from './fit.ts';
import { articleBadge, sourceLine } from './parts/article-lines.ts';
import { fixButton } from './parts/fix-buttons.ts';
import { guideRow } from './parts/guide-row.ts';
import {
  activateButton,
  approveButton,
  mailboxButton,
  markPrimaryButton,
  outboxButton,
  testButton,
} from './parts/mailbox-buttons.ts';
import {
  directionRows,
  mailboxFacts,
  mailboxHead,
  releaseWarning,
  usedDirections,
} from './parts/mailbox-state.ts';
import { organizerLine } from './parts/organizer-line.ts';
import { setUpRow } from './parts/set-up-row.ts';
import { stepList } from './parts/step-list.ts';
import { topicPayload } from './parts/topic-payload.ts';
import { topicRows } from './parts/topic-rows.ts';
import { voteRows } from './parts/vote-rows.ts';
import { markdown, plain } from './text.ts';
import type { AlertView } from './views.ts';

/** Below this the reader is told to compare the words before acting. */
const SURE_ENOUGH = 0.75;

/**
 * What an alert means and what to do about it, for the mailbox it names if this person may see it.
 * `above` stands before all of it, and counts when the card is made to fit.
 */
export function alertCard(view: AlertView, t: Translator, above: Elements = []): AdaptiveCard {
  const { article, mailbox } = view;
  const heading = article.title[t.language];
  const name = view.slots.mailbox ?? mailbox?.mailbox.name;
  return fitCard((detail) =>
    compose(t, {
      summary:
        name === undefined
          ? t('card.alert.summary', { title: heading })
          : t('card.alert.summary-mailbox', { title: heading, mailbox: name }),
      body: [
        ...above,
        small(articleBadge(article, view.nature, t), { spacing: 'none', isSubtle: false }),
        title(markdown(heading, 200)),
        about(view, t),
        unsure(view, t),
        notices(article, t, detail),
        text(paragraph(article.meaning[t.language], detail), { spacing: 'medium' }),
        whatTheTailSays(view, t),
        whatTheCodeSays(view, t, detail),
        organizerLine(view.organizer, t),
        section(say(t, 'card.alert.cause')),
        text(paragraph(article.cause[t.language], detail), { spacing: 'small' }),
        ...liveState(view, t, detail),
        section(say(t, 'card.alert.steps')),
        ...stepList(view.steps, t, detail),
        guideRow(article.id, mailbox?.mailbox.id ?? null, view.slots, view.steps.length, t),
        mailbox === null ? null : releaseWarning(mailbox, t),
        actions(view, t),
        ...voteRows(view.answer, t),
        ...topicRows(view.related, t, mailbox?.mailbox.id),
        small(sourceLine(article, t), { separator: true, spacing: 'medium' }),
        checkSetUpRow(view, t),
        editRow(view, t),
      ],
    }),
  );
}

/** For those who look after the articles; a row, because the card's six buttons are the mailbox's. */
function editRow({ article, mayEdit }: AlertView, t: Translator): CardElement | null {
  if (!mayEdit) return null;
  const label = t('card.alert.edit');
  return container([small(plain(label), { color: 'accent', isSubtle: false })], {
    spacing: 'small',
    selectAction: execute('edit-article', label, { topic: article.id }),
  });
}

/** The article says what is not supported; whether that is so here, a few questions tell. */
function checkSetUpRow({ checksSetUp, mailbox }: AlertView, t: Translator): CardElement | null {
  return checksSetUp ? setUpRow(mailbox?.mailbox.id ?? null, t) : null;
}

/** Which mailbox, profile, subject, direction and code the pasted words name. */
function about(view: AlertView, t: Translator): CardElement | null {
  const { slots, direction, code } = view;
  const line = joined([
    slots.mailbox === undefined ? null : bold(plain(slots.mailbox, 100)),
    slots.otherMailbox === undefined ? null : plain(slots.otherMailbox, 100),
    slots.profile === undefined ? null : say(t, 'card.about.profile', { profile: slots.profile }),
    slots.subject === undefined ? null : say(t, 'card.about.subject', { subject: slots.subject }),
    direction === null ? null : say(t, `card.about.${direction}`),
    code === null ? null : say(t, 'card.about.code', { code }),
  ]);
  return line === '' ? null : text(line, { spacing: 'small' });
}

/** Of an alert whose mailbox is not known: whether anything was stopped, and when it would be. */
function whatTheTailSays({ nature, mailbox }: AlertView, t: Translator): CardElement | null {
  if (nature === null || mailbox !== null) return null;
  return text(say(t, `card.tail.${nature}`), { spacing: 'small' });
}

/** One article may cover many codes; this is what the pasted one adds. */
function whatTheCodeSays(
  { article, code }: AlertView,
  t: Translator,
  detail: Detail,
): CardElement | null {
  const meaning = article.codes.find(({ text: spelled }) => spelled === code)?.meaning;
  if (code === null || meaning === undefined) return null;
  const words = paragraph(meaning[t.language], detail);
  return text(markdown(`**${plain(code, 200)}:** ${words}`), { spacing: 'small' });
}

function unsure(view: AlertView, t: Translator): CardElement | null {
  if (view.confidence === null || view.confidence >= SURE_ENOUGH) return null;
  return small(say(t, 'card.alert.unsure'));
}

const NOTICE_ICONS: Readonly<Record<Article['notices'][number]['kind'], string>> = {
  risk: '⚠️',
  changed: '🗓️',
  retired: '🚫',
  misleading: '🧐',
  note: 'ℹ️',
};

/** One box for all of them: an alert with three notices is still an alert first. */
function notices(article: Article, t: Translator, detail: Detail): CardElement | null {
  if (article.notices.length === 0) return null;
  const lines = listed(t, article.notices, detail.items, (notice) => {
    const { kind, since, certainty, text: words } = notice;
    const founded = [since, certainty && t(`card.certainty.${certainty}`)].filter(Boolean);
    const how = founded.length === 0 ? '' : ` (${founded.join(', ')})`;
    const label = `${NOTICE_ICONS[kind]} **${t(`card.notice.${kind}`)}${how}:**`;
    return text(markdown(`${label} ${paragraph(words[t.language], detail)}`), {
      size: 'small',
      spacing: 'small',
    });
  });
  const harmless = article.notices.every(({ kind }) => kind === 'note');
  return container(lines, { style: harmless ? 'emphasis' : 'warning', spacing: 'medium' });
}

function liveState(view: AlertView, t: Translator, detail: Detail): readonly CardElement[] {
  if (view.mailbox !== null) {
    const box = [
      ...mailboxHead(view.mailbox, t),
      ...directionRows(view.mailbox, t, usedDirections(view.mailbox)),
      mailboxFacts(view.mailbox, t),
    ];
    return [
      section(say(t, 'card.alert.now')),
      container(box, { style: 'emphasis', spacing: 'small' }),
      ...(view.mailbox.health === 'healthy'
        ? [text(say(t, 'card.alert.works'), { spacing: 'medium' })]
        : []),
    ];
  }
  const mailbox = view.slots.mailbox ?? '';
  if (view.mailboxLookup === 'several') {
    return [section(say(t, 'card.lookup.several', { mailbox })), ...candidates(view, t, detail)];
  }
  if (view.mailboxLookup !== 'unknown') return [];
  const unknown = small(say(t, 'card.lookup.unknown', { mailbox }), { spacing: 'medium' });
  if (view.candidates.length === 0) return [unknown];
  return [unknown, section(say(t, 'card.lookup.close')), ...candidates(view, t, detail)];
}

/** Mailboxes that may be meant; choosing one draws the card for it. */
function candidates(view: AlertView, t: Translator, detail: Detail): readonly CardElement[] {
  return listed(t, view.candidates, detail.items, (candidate) =>
    container([text(say(t, 'card.lookup.candidate', { ...candidate }))], {
      style: 'emphasis',
      spacing: 'small',
      selectAction: execute(
        'show-topic',
        candidate.address,
        topicPayload(view.article.id, candidate.mailboxId, view.slots),
      ),
    }),
  );
}

function actions(view: AlertView, t: Translator): CardElement | null {
  const { mailbox, article } = view;
  if (mailbox === null) return null;
  const first = article.remedies.includes('approve-email')
    ? [approveButton(mailbox, t), testButton(mailbox, t)]
    : [testButton(mailbox, t), approveButton(mailbox, t)];
  const takeOver = article.raisedFor.includes('other-organization')
    ? markPrimaryButton(mailbox, t)
    : null;
  return buttons([
    activateButton(mailbox, t),
    ...first,
    fixButton(mailbox, t),
    takeOver,
    outboxButton(mailbox, t),
    mailboxButton(mailbox, t),
  ]);
}
