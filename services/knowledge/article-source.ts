import { stringify } from 'yaml';
import type { Article } from '../domain/article.ts';

/** Fields in the order in which the files of data/knowledge have them. */
const ORDER = [
  'id',
  'catalogue',
  'kind',
  'level',
  'scope',
  'nature',
  'appliesTo',
  'title',
  'meaning',
  'cause',
  'steps',
  'notices',
  'remedies',
  'raisedFor',
  'codes',
  'sources',
  'checked',
  'templates',
  'decoys',
  'questions',
  'related',
] as const satisfies readonly (keyof Article)[];

const LINE_WIDTH = 100;

/** The article as a file of data/knowledge would hold it; what is empty by default is left out. */
export function articleSource(article: Article): string {
  const fields = ORDER.map((name) => [name, article[name]] as const).filter(
    ([, value]) => !(Array.isArray(value) && value.length === 0),
  );
  return stringify(Object.fromEntries(fields), { lineWidth: LINE_WIDTH });
}
