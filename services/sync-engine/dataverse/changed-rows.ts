import type { OrganizationId } from '../../domain/ids.ts';
import type { ReadMark } from '../../domain/seen-mailbox.ts';
import { epochMsOf, HOUR_MS, instantOf, MINUTE_MS } from '../../domain/time.ts';
import type { DataverseParts } from './dataverse-parts.ts';
import { momentLiteral } from './odata-literal.ts';
import { momentIn } from './row-values.ts';
import type { Asking, Row } from './web-api.ts';

/** What may have changed in a table since its mark. More than has changed does no harm: values are compared. */
export interface ChangedRows {
  readonly rows: readonly Row[];
  /** Keys of rows that are there no more; of a whole reading whatever is missing from it. */
  readonly removed: readonly string[];
  /** All rows of the table: what is not among them is gone. */
  readonly isWhole: boolean;
  /** To be kept when all of it has been recorded, and not before: a crash in between reads it again. */
  readonly mark: ReadMark;
}

/** A change may be committed after one that bears a later moment. Both are the server's: no clock here matters. */
const OVERLAP_MS = 5 * MINUTE_MS;
/** Without change tracking, nothing tells of rows that were deleted: then everything is read again. */
const WHOLE_EVERY_MS = HOUR_MS;

export interface ChangedRowsParts extends Pick<DataverseParts, 'api' | 'store' | 'scheduler'> {
  readonly organizationId: OrganizationId;
}

/** Reads what came since the mark of a table, with change tracking where it is on, else by `modifiedon`. */
export function createChangedRows({
  api,
  store,
  scheduler,
  organizationId,
}: ChangedRowsParts): (
  set: string,
  columns: readonly string[],
  asking: Asking,
) => Promise<ChangedRows> {
  /** When a table without change tracking was read as a whole; another program's reading is unknown. */
  const wholeAt = new Map<string, number>();

  async function tracked(
    id: string,
    set: string,
    columns: readonly string[],
    deltaLink: string | null,
    asking: Asking,
  ): Promise<ChangedRows | null> {
    const found = await api.changes(set, columns, deltaLink, asking);
    switch (found.kind) {
      case 'not-tracked':
        return null;
      case 'expired':
        // Everything, to be compared with what people were told: nothing that came meanwhile is missed.
        return deltaLink === null ? null : tracked(id, set, columns, null, asking);
      case 'changes': {
        const { rows, removed } = found;
        const mark = { id, deltaLink: found.deltaLink, upTo: null };
        return { rows, removed, isWhole: deltaLink === null, mark };
      }
    }
  }

  async function polled(
    id: string,
    set: string,
    columns: readonly string[],
    mark: ReadMark | undefined,
    asking: Asking,
  ): Promise<ChangedRows> {
    const begins = scheduler.now();
    const upTo = mark?.upTo ?? null;
    const isWhole = upTo === null || begins - (wholeAt.get(set) ?? -Infinity) >= WHOLE_EVERY_MS;
    const since = upTo === null || isWhole ? null : instantOf(epochMsOf(upTo) - OVERLAP_MS);
    const filter = since === null ? {} : { filter: `modifiedon ge ${momentLiteral(since)}` };
    const rows: Row[] = [];
    let newest = upTo;
    for await (const page of api.pages(set, { select: columns, bare: true, ...filter }, asking)) {
      for (const row of page) {
        rows.push(row);
        const modified = momentIn(row, 'modifiedon');
        if (modified !== null && (newest === null || modified > newest)) newest = modified;
      }
    }
    if (isWhole) wholeAt.set(set, begins);
    return { rows, removed: [], isWhole, mark: { id, deltaLink: null, upTo: newest } };
  }

  return async (set, columns, asking) => {
    const id = `${organizationId}/${set}`;
    const mark = await store.get('readMarks', id);
    // Whether it was switched on since is asked with each whole reading.
    const polls = mark !== undefined && mark.deltaLink === null;
    const due = scheduler.now() - (wholeAt.get(set) ?? -Infinity) >= WHOLE_EVERY_MS;
    if (!polls || due) {
      const found = await tracked(id, set, columns, mark?.deltaLink ?? null, asking);
      if (found !== null) return found;
    }
    return polled(id, set, columns, mark, asking);
  };
}
