import type { AlertView, MailboxView } from '../../cards/index.ts';
import type { AlertSlots } from '../../services/domain/alert.ts';
import type { Article } from '../../services/domain/article.ts';
import type { CardReference } from '../../services/domain/card-reference.ts';
import type { SpokenDirection, TopicMatch } from '../../services/domain/diagnosis.ts';
import { fixesOf } from '../../services/domain/fixes.ts';
import { DIRECTIONS, type Direction } from '../../services/domain/mailbox.ts';
import { hasRole, type Person } from '../../services/domain/person.ts';
import { explainsSupport } from '../../services/domain/supported-configuration.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mayFix } from './allowed-actions.ts';
import { findMailboxes } from './find-mailboxes.ts';
import { organizerOf } from './item-views.ts';
import { mailboxView, visibleContext } from './mailbox-view.ts';
import { stepViews } from './step-now.ts';
import type { Viewer } from './viewer.ts';
import type { MailboxContext, World } from './world.ts';

export type AlertReference = Extract<CardReference, { readonly card: 'alert' }>;

type Lookup = Pick<AlertView, 'mailboxLookup' | 'candidates'> & {
  readonly context: MailboxContext | null;
};

const DIRECTION_OF: Readonly<Record<SpokenDirection, Direction | 'both'>> = {
  receive: 'incoming',
  send: 'outgoing',
  both: 'both',
  act: 'act',
};

/** What a match is about, with the mailbox if exactly one of that name may be seen by `asker`. */
export async function referenceOf(
  world: World,
  match: TopicMatch,
  asker: Person,
): Promise<AlertReference> {
  const { context } = await lookUp(world, match.slots, asker);
  return {
    card: 'alert',
    topic: match.topic,
    slots: match.slots,
    direction: match.direction === null ? null : DIRECTION_OF[match.direction],
    code: match.code,
    nature: match.nature,
    answerId: null,
    mailboxId: context?.mailbox.id ?? null,
  };
}

/** Of the text that the view answers; a card that is drawn again knows it no more. */
export interface Asked {
  readonly confidence: number;
  readonly by: Person;
}

/** Null when there is no such article (any more). */
export async function alertView(
  world: World,
  reference: AlertReference,
  viewer: Viewer,
  t: Translator,
  asked: Asked | null,
): Promise<AlertView | null> {
  const article = world.knowledge.article(reference.topic);
  if (article === null) return null;
  const { context, mailboxLookup, candidates } = await mailboxOf(
    world,
    reference,
    viewer,
    asked?.by ?? null,
  );
  const steps = stepViews(
    article,
    context === null ? null : { ...context, direction: reference.direction },
  );
  return {
    article,
    slots: reference.slots,
    direction: reference.direction,
    code: reference.code,
    nature: reference.nature,
    confidence: asked?.confidence ?? null,
    answer: await answerView(world, reference.answerId, viewer),
    checksSetUp: explainsSupport(article.id),
    organizer: await organizerOf(world, article, viewer),
    mayEdit: viewer.kind === 'person' && hasRole(viewer.person, 'system-administrator'),
    steps,
    related: relatedTitles(world, article, t),
    mailbox:
      context === null ? null : await concernedView(world, context, article, reference, viewer, t),
    mailboxLookup,
    candidates,
  };
}

/** A pasted alert says what was wrong even where nothing has failed here yet. */
async function concernedView(
  world: World,
  context: MailboxContext,
  article: Article,
  { direction }: AlertReference,
  viewer: Viewer,
  t: Translator,
): Promise<MailboxView> {
  const view = await mailboxView(world, context, viewer, t);
  const { mailbox, profile } = context;
  if (profile === null || view.health === 'healthy' || !mayFix(viewer)) return view;
  const told = DIRECTIONS.filter(
    (one) => direction === null || direction === one || (direction === 'both' && one !== 'act'),
  ).flatMap((one) =>
    article.raisedFor.flatMap((reason) => fixesOf({ reason }, one, mailbox, profile)),
  );
  return { ...view, fixes: [...new Set([...view.fixes, ...told])] };
}

/** An article by itself, about nobody's mailbox. */
export function articleView(world: World, article: Article, t: Translator): AlertView {
  return {
    article,
    slots: {},
    direction: null,
    code: null,
    nature: null,
    confidence: null,
    steps: stepViews(article, null),
    related: relatedTitles(world, article, t),
    answer: null,
    checksSetUp: false,
    organizer: null,
    mayEdit: false,
    mailbox: null,
    mailboxLookup: 'not-named',
    candidates: [],
  };
}

async function mailboxOf(
  world: World,
  reference: AlertReference,
  viewer: Viewer,
  asker: Person | null,
): Promise<Lookup> {
  if (reference.mailboxId !== null) {
    const context = await visibleContext(world, reference.mailboxId, viewer);
    const mailboxLookup = context === null ? 'unknown' : 'found';
    return { context, mailboxLookup, candidates: [] };
  }
  const person = viewer.kind === 'person' ? viewer.person : asker;
  if (person !== null) return lookUp(world, reference.slots, person);
  // Nobody's permission to look a name up: a conversation is shown only what was found before.
  const mailboxLookup = reference.slots.mailbox === undefined ? 'not-named' : 'unknown';
  return { context: null, mailboxLookup, candidates: [] };
}

async function lookUp(world: World, slots: AlertSlots, person: Person): Promise<Lookup> {
  if (slots.mailbox === undefined) {
    return { context: null, mailboxLookup: 'not-named', candidates: [] };
  }
  const { exact, close } = await findMailboxes(world, slots.mailbox, person);
  const [first, second] = exact;
  if (first === undefined) {
    return { context: null, mailboxLookup: 'unknown', candidates: close.map(candidateOf) };
  }
  if (second === undefined) return { context: first, mailboxLookup: 'found', candidates: [] };
  return {
    context: null,
    mailboxLookup: 'several',
    candidates: exact.map(candidateOf),
  };
}

function candidateOf({ mailbox }: MailboxContext): AlertView['candidates'][number] {
  return { name: mailbox.name, address: mailbox.address, mailboxId: mailbox.id };
}

function relatedTitles(world: World, article: Article, t: Translator): AlertView['related'] {
  return article.related.flatMap((topic) => {
    const related = world.knowledge.article(topic);
    return related === null ? [] : [{ topic, title: related.title[t.language] }];
  });
}

async function answerView(
  world: World,
  answerId: AlertReference['answerId'],
  viewer: Viewer,
): Promise<AlertView['answer']> {
  if (answerId === null) return null;
  const answer = await world.store.get('answers', answerId);
  if (answer === undefined) return null;
  const yourVote = viewer.kind === 'person' ? answer.votes[viewer.person.id] : undefined;
  return { answerId, yourVote: yourVote ?? null };
}
