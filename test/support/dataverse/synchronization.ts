import { guidOf } from './ids.ts';
import type { Inside } from './inside.ts';
import { isConfigured, overall, resultOf } from './mailbox-directions.ts';
import { moment, type Row, type Value, type Values } from './row.ts';
import {
  type Cause,
  DIRECTIONS,
  type Direction,
  type Trace,
  type TraceLogs,
} from './trace-logs.ts';

/** What server-side synchronization does by itself, when a test says so. */
export interface Synchronization {
  /** A permanent error: the directions are off, with a trace log for each. */
  disable(mailboxId: string, cause: Cause, directions?: readonly Direction[]): void;
  /** A passing error: a warning, nothing is off. */
  warn(mailboxId: string, trace: Trace): Row;
  /** ACT touches the row every quarter of an hour or so; nothing that matters is another value. */
  touch(mailboxId: string): void;
  /** One turn of a mailbox in its statistics. */
  turn(mailboxId: string, values: Values): Row;
}

const MACHINE = 'ASYNC000001';

export function createSynchronization(inside: Inside, traces: TraceLogs): Synchronization {
  const { rows, systemUserId } = inside;

  function mailboxAt(id: string): Row {
    const mailbox = rows.get('mailbox', id);
    if (mailbox === undefined) throw new Error(`No mailbox ${id}`);
    return mailbox;
  }

  return {
    disable(mailboxId, cause, directions = DIRECTIONS) {
      rows.atomically(() => {
        const mailbox = mailboxAt(mailboxId);
        const written: Record<string, Value> = {};
        for (const direction of directions.filter((each) => isConfigured(mailbox, each))) {
          traces.failure(mailbox, cause, direction);
          Object.assign(written, resultOf(direction, 'failure'));
        }
        written.mailboxstatus = overall({ ...mailbox.values, ...written });
        rows.update('mailbox', mailboxId, written, systemUserId);
      });
    },
    warn: (mailboxId, trace) => traces.write(mailboxAt(mailboxId), trace),
    touch(mailboxId) {
      const at = moment(inside.now());
      rows.update(
        'mailbox',
        mailboxId,
        { processinglastattemptedon: at, hostid: MACHINE },
        systemUserId,
      );
    },
    turn(mailboxId, values) {
      const id = guidOf(`mailboxstatistics ${rows.version()}`);
      const mailbox = { table: 'mailbox', id: mailboxId };
      const all = { machinename: MACHINE, ...values, mailboxid: mailbox };
      return rows.create('mailboxstatistics', id, all, systemUserId);
    },
  };
}
