import { stringify } from 'yaml';
import { LANGUAGES } from '../domain/language.ts';

export interface NewArticle {
  readonly topic: string;
  /** The day on which it is begun, as YYYY-MM-DD. */
  readonly day: string;
}

/**
 * The first lines of an article: what can be known before anybody has thought about it. Empty texts
 * are problems that the editor lists, so that none is forgotten.
 */
export function newArticleSource({ topic, day }: NewArticle): string {
  const empty = Object.fromEntries(LANGUAGES.map((lang) => [lang, '']));
  const questions = Object.fromEntries(LANGUAGES.map((lang) => [lang, []]));
  return stringify({
    id: topic,
    kind: 'guide',
    level: 'information',
    scope: 'mailbox',
    nature: 'permanent',
    appliesTo: ['online', 'on-premises'],
    title: empty,
    meaning: empty,
    cause: empty,
    steps: [{ who: 'system-administrator', text: empty }],
    sources: [{ title: '', url: '', read: day }],
    checked: day,
    questions,
  });
}
