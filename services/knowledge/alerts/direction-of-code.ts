import type { Article } from '../../domain/article.ts';
import type { SpokenDirection } from '../../domain/diagnosis.ts';
import type { Direction } from '../../domain/mailbox.ts';

/** How the product names the codes of each direction: `IncomingEmailS2SApprovalNeeded`. */
const NAMED: readonly (readonly [name: string, direction: SpokenDirection])[] = [
  ['exchangesync', 'act'],
  ['incoming', 'receive'],
  ['outgoing', 'send'],
];

/** The direction that a code without its alert speaks of: its name's, or its article's only one. */
export function directionOfCode(article: Article, code: string): SpokenDirection | null {
  const name = code.toLowerCase();
  const named = NAMED.find(([part]) => name.includes(part));
  if (named) return named[1];
  return spokenDirection(new Set(article.templates.flatMap(({ directions }) => directions)));
}

/** Null where there are several, unless they are sending and receiving. */
export function spokenDirection(directions: ReadonlySet<Direction>): SpokenDirection | null {
  if (directions.has('act')) return directions.size === 1 ? 'act' : null;
  if (directions.has('incoming')) return directions.has('outgoing') ? 'both' : 'receive';
  return directions.has('outgoing') ? 'send' : null;
}
