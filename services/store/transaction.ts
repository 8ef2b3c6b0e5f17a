import type { AuditEntry } from '../domain/audit.ts';
import { AppError } from '../observability/index.ts';
import type { Clock } from '../scheduler/index.ts';
import { createBreather } from './breathe.ts';
import { Changes } from './changes.ts';
import { keptRecord } from './kept-record.ts';
import { parseAuditEntry } from './schemas/audit-entry.ts';
import type { CollectionName, Collections, Transaction, Where } from './store.ts';
import type { Tables } from './tables.ts';

/** What a transaction has done so far; nobody else sees it before it is absorbed. */
export interface Draft {
  readonly transaction: Transaction;
  readonly changes: Changes;
  readonly audit: readonly AuditEntry[];
  readonly afterCommit: readonly (() => void)[];
  /** From here on the transaction refuses: its writes would belong to nothing. */
  end(): void;
}

/** `layers` are older groups that wait for the disk, newest first. */
export function createDraft(tables: Tables, layers: readonly Changes[], clock: Clock): Draft {
  const changes = new Changes();
  const view = [changes, ...layers];
  const audit: AuditEntry[] = [];
  const afterCommit: (() => void)[] = [];
  const breathe = createBreather();
  let ended = false;

  function assertOpen(): void {
    if (ended) throw new AppError('unexpected', 'the transaction has ended; await its work');
  }

  function find<Name extends CollectionName>(
    collection: Name,
    where: Where<Collections[Name]>,
  ): readonly Collections[Name][] {
    const found: Collections[Name][] = [];
    for (const [depth, layer] of [...view, tables[collection]].entries()) {
      const above = view.slice(0, depth);
      const entries = layer instanceof Changes ? layer.find(collection, where) : layer.find(where);
      for (const { record } of entries) {
        if (!above.some((upper) => upper.get(collection, record.id) !== undefined)) {
          found.push(record);
        }
      }
    }
    return found;
  }

  const transaction: Transaction = {
    async get(collection, id) {
      assertOpen();
      await breathe();
      for (const layer of view) {
        const changed = layer.get(collection, id);
        if (changed !== undefined) return changed?.record;
      }
      return tables[collection].get(id)?.record;
    },
    async find(collection, where = {}) {
      assertOpen();
      await breathe();
      return find(collection, where);
    },
    async put(collection, record) {
      assertOpen();
      const kept = keptRecord(collection, record);
      changes.set(collection, kept.id, { record: kept, writtenAt: clock.now() });
      await breathe();
    },
    async remove(collection, id) {
      assertOpen();
      changes.set(collection, id, null);
      await breathe();
    },
    async audit(entry) {
      assertOpen();
      audit.push(parseAuditEntry(entry));
    },
    afterCommit(work) {
      assertOpen();
      afterCommit.push(work);
    },
  };

  return {
    transaction,
    changes,
    audit,
    afterCommit,
    end() {
      ended = true;
    },
  };
}
