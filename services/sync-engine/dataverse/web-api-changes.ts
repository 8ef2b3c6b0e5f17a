import { AppError } from '../../observability/index.ts';
import type { Asking, Changes, Row } from './web-api.ts';
import { readingRefused, rowIn, rowsIn } from './web-api-answer.ts';
import { addressWithin, followedLink, optionsOf } from './web-api-links.ts';
import { LARGEST_PAGE } from './web-api-pages.ts';
import { annotated, type Verbs } from './web-api-verbs.ts';

const MOST_PAGES = 400;
const PAGE_SIZE = `odata.maxpagesize=${LARGEST_PAGE}`;

/** All pages of a reading with change tracking, to the link that the next one begins with. */
export async function changesSince(
  verbs: Verbs,
  set: string,
  select: readonly string[],
  deltaLink: string | null,
  asking: Asking,
): Promise<Changes> {
  const { base, ask } = verbs;
  const first =
    deltaLink === null ? new URL(set + optionsOf({ select }), base) : kept(base, set, deltaLink);
  // A link that was kept from another organization, or was tampered with where it was kept.
  if (first === undefined) return { kind: 'expired' };
  const prefer = [...annotated(false), PAGE_SIZE];
  if (deltaLink === null) prefer.push('odata.track-changes');
  const rows: Row[] = [];
  const removed: string[] = [];
  let next: URL | undefined = first;
  for (let pages = 0; next !== undefined && pages < MOST_PAGES; pages += 1) {
    const answer = await ask(next, prefer, asking);
    if (answer.status === 400 || answer.status === 410) {
      if (deltaLink !== null) return { kind: 'expired' };
      if (pages === 0 && (await reads(verbs, set, select, asking))) return { kind: 'not-tracked' };
    }
    if (answer.status !== 200) throw readingRefused(`changes of ${set}`, answer);
    const page: Row = rowIn(answer);
    for (const row of rowsIn(page)) {
      if (!isDeleted(row)) rows.push(row);
      else if (typeof row.id === 'string') removed.push(row.id.toLowerCase());
    }
    const delta = followedLink(base, set, page['@odata.deltaLink']);
    if (delta !== undefined) return { kind: 'changes', rows, removed, deltaLink: delta.href };
    next = followedLink(base, set, page['@odata.nextLink']);
  }
  throw new AppError('dynamics-unexpected', `changes of ${set} without a link to the next ones`);
}

function kept(base: URL, set: string, link: string): URL | undefined {
  const url = addressWithin(base, link);
  return url?.pathname === `${base.pathname}${set}` ? url : undefined;
}

function isDeleted(row: Row): boolean {
  const context = row['@odata.context'];
  return typeof context === 'string' && context.endsWith('/$deletedEntity');
}

/** The words of "not enabled for change tracking" are not documented: does it read without? */
async function reads(
  { base, ask }: Verbs,
  set: string,
  select: readonly string[],
  asking: Asking,
): Promise<boolean> {
  const answer = await ask(new URL(set + optionsOf({ select, top: 1 }), base), [], asking);
  return answer.status === 200;
}
