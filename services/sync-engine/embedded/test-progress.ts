import type { TestRun } from '../../domain/test-run.ts';
import type { Store } from '../../store/index.ts';
import type { EngineParts } from './engine-parts.ts';
import { readState } from './mailbox-records.ts';
import type { RegisteredMailbox } from './registry.ts';

/** At most four a second: each write is a flush to disk and, behind it, an update of a card. */
const WRITE_GAP_MS = 250;

/** Keeps what is seen of a running test, stage by stage, without a write for each stage. */
export interface TestProgress {
  /** Soon, together with whatever comes until then. */
  show(run: TestRun): void;
  /** Waits for a write under way and drops what was not written: something newer follows. */
  settle(): Promise<void>;
}

/**
 * The gap is real time even on demo time: it protects the disk and the chat channel, which know no
 * other clock.
 */
export function createTestProgress(
  parts: Pick<EngineParts, 'emit' | 'log'> & { readonly store: Store },
  registered: RegisteredMailbox,
): TestProgress {
  let waiting: TestRun | null = null;
  let gap: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  function writeSoon(): void {
    if (gap !== null || waiting === null) return;
    const run = waiting;
    waiting = null;
    writing = write(run);
    gap = setTimeout(() => {
      gap = null;
      writeSoon();
    }, WRITE_GAP_MS);
  }

  async function write(run: TestRun): Promise<void> {
    try {
      await parts.store.transact((transaction) => keepTestRun(parts, transaction, registered, run));
    } catch {
      // Only a glimpse was lost; the result has a transaction of its own and reports its trouble.
      parts.log.warn('test-progress-not-kept', { testRunId: run.id });
    }
  }

  return {
    show(run) {
      waiting = run;
      writeSoon();
    },
    async settle() {
      waiting = null;
      if (gap !== null) clearTimeout(gap);
      gap = null;
      await writing;
    },
  };
}

export async function keepTestRun(
  parts: Pick<EngineParts, 'emit'>,
  transaction: Parameters<EngineParts['emit']>[0],
  registered: RegisteredMailbox,
  run: TestRun,
): Promise<void> {
  await transaction.put('testRuns', run);
  await parts.emit(transaction, registered, { kind: 'test-run-changed', testRunId: run.id });
}

/**
 * A run that has ended changes its mailbox, whatever it found: buttons are keyed by the mailbox's
 * version, and one that is drawn from now on asks for another test.
 */
export async function keepFinishedRun(
  parts: Pick<EngineParts, 'emit'>,
  transaction: Parameters<EngineParts['emit']>[0],
  registered: RegisteredMailbox,
  run: TestRun,
): Promise<void> {
  const state = await readState(transaction, registered);
  await transaction.put('mailboxStates', { ...state, version: state.version + 1 });
  await keepTestRun(parts, transaction, registered, run);
}
