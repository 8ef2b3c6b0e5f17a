import type { Alert } from '../../domain/alert.ts';
import { epochMsOf, HOUR_MS, instantOf } from '../../domain/time.ts';
import type { Scheduler } from '../../scheduler/index.ts';
import { type AlertKnowledge, nameAlert } from './failure-of-alert.ts';
import type { MailboxReader, ReadMailbox } from './mailbox-reader.ts';
import { alertsOfMailbox } from './open-alerts.ts';
import type { RaisedLog } from './raised-alerts.ts';
import { keyIn } from './row-values.ts';
import { toAlert } from './to-alert.ts';
import type { ReadLog } from './trace-logs.ts';
import type { Asking } from './web-api.ts';

interface Parts extends AlertKnowledge {
  readonly scheduler: Pick<Scheduler, 'now'>;
  readonly reader: Pick<MailboxReader, 'read'>;
}

/** Of a profile no mailbox says whether it holds: as long as retries last, and until it is told anew. */
const PROFILE_HOLDS_MS = 3 * HOUR_MS;

/** The alerts of one page as people read them; `around` are all of the period, newest first. */
export async function shownAlerts(
  page: readonly RaisedLog[],
  around: readonly RaisedLog[],
  { reader, scheduler, ...knowledge }: Parts,
  asking: Asking,
): Promise<readonly Alert[]> {
  const now = instantOf(scheduler.now());
  const ids = [...new Set(page.flatMap(({ mailboxId }) => mailboxId ?? []))];
  const found = ids.length === 0 ? [] : await reader.read(ids, asking);
  const mailboxes = new Map(found.map((each) => [each.mailbox.id, each]));
  const shown: Alert[] = [];
  for (const log of page) {
    const named = await nameAlert(log.row, knowledge);
    const mailbox = log.mailboxId === null ? undefined : mailboxes.get(log.mailboxId);
    const alert =
      mailbox === undefined
        ? toAlert(log.row, named, { profileId: null, failing: [], closedAt: profileEnd(log) })
        : ofMailbox(mailbox, log, { row: log.row, named });
    if (alert !== null) shown.push(alert);
  }
  return shown;

  function profileEnd({ profileId, topic, raisedAt }: RaisedLog): Alert['closedAt'] {
    const newer = around.find((other) => other.profileId === profileId && other.topic === topic);
    const isNewest = newer === undefined || newer.raisedAt <= raisedAt;
    const holds = isNewest && epochMsOf(now) - epochMsOf(raisedAt) < PROFILE_HOLDS_MS;
    return holds ? null : raisedAt;
  }

  function ofMailbox(
    { mailbox, row, alerts: open }: ReadMailbox,
    log: RaisedLog,
    shownLog: ReadLog,
  ): Alert | null {
    const logs = around
      .filter(({ mailboxId }) => mailboxId === mailbox.id)
      .map((other) => (other === log ? shownLog : other));
    const told = alertsOfMailbox(row, logs, now).alerts;
    const alert = told.find(({ id }) => id === keyIn(log.row, 'tracelogid'));
    if (alert === undefined) return null;
    // The period may end before today: what holds is said by the mailbox as it is now.
    const holds = open.some(({ id }) => id === alert.id);
    return alert.closedAt === null && !holds ? { ...alert, closedAt: alert.raisedAt } : alert;
  }
}
