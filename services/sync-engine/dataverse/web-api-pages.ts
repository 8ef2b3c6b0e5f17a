import { AppError } from '../../observability/index.ts';
import type { Asking, Query, Row } from './web-api.ts';
import { readingRefused, rowIn, rowsIn } from './web-api-answer.ts';
import { followedLink, optionsOf } from './web-api-links.ts';
import { annotated, type Verbs } from './web-api-verbs.ts';

/** What Dataverse gives at most. */
export const LARGEST_PAGE = 5_000;
/** Two million rows: no question of ours has so many answers, so a link leads in a circle. */
const MOST_PAGES = 400;

const NEXT = '@odata.nextLink';

/** Page by page, so that 10 000 rows need not be held; ends after `top` rows. */
export async function* pagesOf(
  { base, ask }: Verbs,
  set: string,
  query: Query,
  asking: Asking,
): AsyncGenerator<readonly Row[]> {
  const { top = Infinity, bare, ...options } = query;
  if (top <= 0) return;
  // A page size and $top do not go together: up to one page $top says it, beyond it is counted here.
  const fitsOnePage = top <= LARGEST_PAGE;
  const prefer = fitsOnePage
    ? annotated(bare)
    : [...annotated(bare), `odata.maxpagesize=${LARGEST_PAGE}`];
  let next: URL | undefined = new URL(
    set + optionsOf(fitsOnePage ? { ...options, top } : options),
    base,
  );
  let left = top;
  for (let pages = 0; next !== undefined && left > 0; pages += 1) {
    if (pages >= MOST_PAGES) throw new AppError('dynamics-unexpected', `no end of ${set}`);
    const answer = await ask(next, prefer, asking);
    if (answer.status !== 200) throw readingRefused(`GET ${set}`, answer);
    const page: Row = rowIn(answer);
    const rows = rowsIn(page);
    yield rows.length > left ? rows.slice(0, left) : rows;
    left -= rows.length;
    next = followedLink(base, set, page[NEXT]);
  }
}
