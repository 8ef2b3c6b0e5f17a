import * as cards from '../../cards/index.ts';
import type { Translator } from '../../services/i18n/index.ts';
import type { OutsideTexts } from './card-fixtures.ts';
import type { Scene } from './card-scenes.ts';
import { setUpScenes } from './card-scenes-of-set-up.ts';

const field = (name: string, value = 'Ett, två: "tre"') => ({ name, value });
const FIELDS = {
  texts: ['title', 'meaning', 'cause'].flatMap((name) => [
    field(`${name}.sv`),
    field(`${name}.en`),
  ]),
  steps: [field('step.0.sv'), field('step.0.en'), field('step.1.sv', ''), field('step.1.en', '')],
  questions: [field('questions.sv'), field('questions.en')],
  source: [field('source', 'id: pending-send\nkind: state\n')],
} as const;

/** What those see who look after the articles. */
export function knowledgeScenes(texts: OutsideTexts, t: Translator): Scene[] {
  const near = { topic: 'pending-send', title: texts.subject };
  const kind = (index: number): cards.UnansweredView => ({
    unansweredId: `unanswered-${index}`,
    count: 12 - index,
    examples: [texts.reply, texts.subject],
    lastAt: '2026-11-23T08:00:00.000Z',
    near: index % 2 === 0 ? near : null,
  });
  const votes = [
    { topic: 'gmail', title: texts.subject, given: 40, solved: 2, notSolved: 9 },
    { topic: 'pending-send', title: texts.subject, given: 9, solved: 7, notSolved: 1 },
    { topic: 'other-org', title: texts.subject, given: 3, solved: 0, notSolved: 0 },
  ];
  return [
    {
      name: 'unanswered-list',
      card: cards.unansweredListCard({ kinds: [0, 1, 2, 3].map(kind), more: 7 }, t),
    },
    { name: 'unanswered-list-none', card: cards.unansweredListCard({ kinds: [], more: 0 }, t) },
    { name: 'unanswered', card: cards.unansweredCard(kind(0), t) },
    { name: 'article-votes', card: cards.articleVotesCard({ articles: votes, more: 2 }, t) },
    { name: 'article-votes-none', card: cards.articleVotesCard({ articles: [], more: 0 }, t) },
    {
      name: 'article-editor',
      card: cards.articleEditorCard(
        {
          topic: 'pending-send',
          title: texts.subject,
          news: 'saved',
          problems: [1, 2, 3].map(() => ({
            path: 'title.sv',
            what: texts.reply,
            remedy: texts.subject,
          })),
          examples: [texts.reply],
          broken: false,
        },
        t,
      ),
    },
    {
      name: 'article-editor-ready',
      card: cards.articleEditorCard(
        {
          topic: 'pending-send',
          title: texts.subject,
          news: 'examples-unanswered',
          problems: [],
          examples: [texts.reply],
          broken: false,
        },
        t,
      ),
    },
    ...setUpScenes(texts, t),
    ...(['texts', 'steps', 'questions', 'source'] as const).map((part) => ({
      name: `article-form-${part}`,
      card: cards.articleFormCard(
        { topic: 'pending-send', title: texts.subject, part, fields: FIELDS[part] },
        t,
      ),
    })),
    {
      name: 'article-history',
      card: cards.articleHistoryCard(
        {
          topic: 'pending-send',
          title: texts.subject,
          current: 3,
          revisions: (['rolled-back', 'edited', 'created'] as const).map((change, index) => ({
            revision: 3 - index,
            change,
            authorName: texts.person,
            publishedAt: '2026-11-23T08:00:00.000Z',
          })),
          released: true,
          news: 'published',
          more: 4,
        },
        t,
      ),
    },
    {
      name: 'knowledge-denied',
      card: cards.knowledgeDeniedCard({ whoMay: [texts.person] }, t),
    },
  ];
}
