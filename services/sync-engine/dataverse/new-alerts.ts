import type { ReadMark } from '../../domain/seen-mailbox.ts';
import { epochMsOf, HOUR_MS, type Instant, instantOf, MINUTE_MS } from '../../domain/time.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { momentLiteral } from './odata-literal.ts';
import { keyIn, momentIn } from './row-values.ts';
import type { Asking } from './web-api.ts';

export interface NewAlerts {
  /** Keys of mailboxes and profiles that errors and warnings were raised about. */
  readonly regarding: readonly string[];
  /** To be kept when those have been looked at, and `looked` called. */
  readonly mark: ReadMark;
  readonly looked: () => void;
}

const SERIOUS = 'level ge 2';
const COLUMNS = ['tracelogid', '_regardingobjectid_value', 'createdon', 'modifiedon'] as const;
const OVERLAP_MS = 5 * MINUTE_MS;
/** Of an organization that is new here: older alerts explain mailboxes whose rows say that they fail. */
const LOOK_BACK_MS = HOUR_MS;

/**
 * Alerts that came since the mark: a retry shows only by its warning, the mailbox's row stays as it
 * is. One that is met again within the overlap is not looked at again, unless it was counted up.
 */
export function createNewAlerts({
  api,
  store,
  scheduler,
  organizationId,
}: Pick<DataverseParts, 'api' | 'store' | 'scheduler' | 'organizationId'>): (
  asking: Asking,
) => Promise<NewAlerts> {
  const id = `${organizationId}/tracelogs`;
  let met = new Map<string, Instant>();

  return async (asking) => {
    const kept = await store.get('readMarks', id);
    const upTo = kept?.upTo ?? instantOf(scheduler.now() - LOOK_BACK_MS);
    const since = instantOf(epochMsOf(upTo) - OVERLAP_MS);
    const query = {
      select: COLUMNS,
      filter: `modifiedon ge ${momentLiteral(since)} and ${SERIOUS}`,
      bare: true,
    };
    const regarding = new Set<string>();
    const seen = new Map<string, Instant>();
    let newest = upTo;
    for await (const page of api.pages('tracelogs', query, asking)) {
      for (const row of page) {
        const key = keyIn(row, 'tracelogid');
        const at = momentIn(row, 'modifiedon') ?? momentIn(row, 'createdon');
        const about = keyIn(row, '_regardingobjectid_value');
        if (key === null || at === null) continue;
        seen.set(key, at);
        if (at > newest) newest = at;
        if (about !== null && met.get(key) !== at) regarding.add(about);
      }
    }
    return {
      regarding: [...regarding],
      mark: { id, deltaLink: null, upTo: newest },
      looked() {
        met = seen;
      },
    };
  };
}
