import { writeSync } from 'node:fs';
import { createTimerScheduler } from '../../services/scheduler/index.ts';
import { openFileStore } from '../../services/store/index.ts';
import { silentLog } from './silent-log.ts';
import { auditEntry, mailboxState, outboxRow } from './store-records.ts';

/**
 * A process that writes to a store until it has done COUNT transactions, or is killed:
 * `tsx store-writer.ts DIRECTORY COUNT`. Each transaction touches three collections' files and the
 * audit; its number goes to standard output once it is acknowledged.
 */
const [directory = '', count = 'Infinity'] = process.argv.slice(2);
const WRITERS = 5;

const clock = createTimerScheduler({ log: silentLog });
const store = await openFileStore({ directory, log: silentLog, clock });
writeSync(1, 'opened\n');
let left = Number(count);

async function writeOne(): Promise<void> {
  const number = await store.transact(async (transaction) => {
    const total = await transaction.get('mailboxStates', 'total');
    const next = (total?.version ?? 0) + 1;
    await transaction.put('mailboxStates', mailboxState('total', { version: next }));
    await transaction.put('mailboxStates', mailboxState(`mailbox-${next}`, { version: next }));
    await transaction.put('outbox', outboxRow(`row-${next}`, { attempts: next }));
    await transaction.audit(auditEntry(`mailbox-${next}`));
    return next;
  });
  // Straight to the pipe: what was printed is out even if the next instruction never runs.
  writeSync(1, `acknowledged ${number}\n`);
}

async function writeOn(): Promise<void> {
  while (left > 0) {
    left -= 1;
    await writeOne();
  }
}

await Promise.all(Array.from({ length: Math.min(WRITERS, left) }, writeOn));
await store.close();
