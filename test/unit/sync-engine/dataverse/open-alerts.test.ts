import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import type { NamedAlert } from '../../../../services/sync-engine/dataverse/failure-of-alert.ts';
import {
  alertsOfMailbox,
  isOpenAlert,
} from '../../../../services/sync-engine/dataverse/open-alerts.ts';
import type { ReadLog } from '../../../../services/sync-engine/dataverse/trace-logs.ts';

const MAILBOX = '6f1c1f2e-0000-4000-8000-00000000000a';
const NOW = '2026-11-24T12:00:00.000Z';
const disabled = {
  mailboxid: MAILBOX,
  statecode: 0,
  incomingemaildeliverymethod: 2,
  enabledforincomingemail: false,
  incomingemailstatus: 2,
  transientfailurecount: 0,
};
const working = { ...disabled, enabledforincomingemail: true, incomingemailstatus: 1 };

let logs = 0;
function log(createdon: string, change: Partial<NamedAlert> = {}): ReadLog {
  logs += 1;
  const level = change.level ?? 'error';
  return {
    row: {
      tracelogid: `00000000-0000-4000-8000-${String(logs).padStart(12, '0')}`,
      createdon,
      text: 'words',
      _regardingobjectid_value: MAILBOX,
      '_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'mailbox',
    },
    named: {
      topic: idOf(`topic-${logs}`),
      documented: true,
      level,
      direction: 'receive',
      slots: {},
      failure: {
        scope: 'mailbox',
        nature: level === 'error' ? 'permanent' : 'transient',
        stage: 'exchange',
        reason: 'unknown',
        needsConfirmation: false,
        evidence: [],
      },
      ...change,
    },
  };
}

const open = (row: object, some: readonly ReadLog[]): readonly string[] =>
  alertsOfMailbox({ ...row }, some, NOW)
    .alerts.filter((alert) => isOpenAlert(alert, NOW))
    .map(({ raisedAt }) => raisedAt.slice(0, 13));

describe('whether an alert of Dynamics 365 still holds', () => {
  it('is told of the newest of a direction: it is the reason now', () => {
    const newest = log('2026-11-24T09:00:00Z');
    const older = log('2026-11-23T09:00:00Z');
    const { alerts, failures } = alertsOfMailbox(disabled, [newest, older], NOW);
    expect(alerts.map(({ closedAt }) => closedAt)).toEqual([null, '2026-11-24T09:00:00.000Z']);
    expect(failures.incoming?.at).toBe('2026-11-24T09:00:00.000Z');
    expect(failures.outgoing).toBeUndefined();
  });

  it('depends on the mailbox: disabled it holds for weeks', () => {
    expect(open(disabled, [log('2026-10-01T09:00:00Z')])).toEqual(['2026-10-01T09']);
    expect(open({ ...disabled, statecode: 1 }, [log('2026-10-01T09:00:00Z')])).toEqual([]);
    expect(
      open({ ...disabled, incomingemaildeliverymethod: 0 }, [log('2026-10-01T09:00:00Z')]),
    ).toEqual([]);
    // Somebody switched it off, or saved the profile anew: nothing has failed since.
    expect(open({ ...disabled, incomingemailstatus: 0 }, [log('2026-10-01T09:00:00Z')])).toEqual(
      [],
    );
  });

  it('is no warning that keeps a direction disabled', () => {
    expect(open(disabled, [log('2026-11-24T11:00:00Z', { level: 'warning' })])).toEqual([]);
  });

  it('of a direction that is enabled lasts as long as retries do, counted from its last time', () => {
    const warning = log('2026-11-24T08:00:00Z', { level: 'warning' });
    const row = { ...working, transientfailurecount: 3 };
    expect(open(row, [warning])).toEqual([]);
    const again = { ...warning, row: { ...warning.row, modifiedon: '2026-11-24T11:30:00Z' } };
    expect(open(row, [again])).toEqual(['2026-11-24T08']);
    expect(open(working, [again])).toEqual([]);
  });

  it('of an error with which a direction goes on is told alike', () => {
    const error = log('2026-11-24T11:00:00Z');
    expect(open(working, [error])).toEqual(['2026-11-24T11']);
    expect(
      open({ ...working, lastsuccessfulsynccompletedon: '2026-11-24T11:30:00Z' }, [error]),
    ).toEqual([]);
  });

  it('of one message is for a day, and says nothing of the mailbox', () => {
    const failure = { ...log('').named.failure, scope: 'email' as const };
    const fresh = log('2026-11-24T09:00:00Z', { failure });
    expect(open(working, [fresh, log('2026-11-22T09:00:00Z', { failure })])).toEqual([
      '2026-11-24T09',
    ]);
    expect(alertsOfMailbox(working, [fresh], NOW).failures).toEqual({});
  });
});
