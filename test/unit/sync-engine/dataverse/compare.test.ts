import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf, type UserId } from '../../../../services/domain/ids.ts';
import { DIRECTIONS, type Direction, type Mailbox } from '../../../../services/domain/mailbox.ts';
import {
  type Comparing,
  compare,
  conditionOf,
} from '../../../../services/sync-engine/dataverse/compare.ts';
import type { EventBody } from '../../../../services/sync-engine/event-body.ts';
import {
  READ_AT,
  type ReadMailbox,
  raisedAlert,
  readMailbox,
} from '../../../support/read-mailbox.ts';

const somebodyElse: Comparing = { alerts: [], by: null, at: READ_AT };

function told(
  before: ReadMailbox,
  after: ReadMailbox,
  comparing: Partial<Comparing> = {},
): readonly EventBody[] {
  return compare(readMailbox(before), readMailbox(after), { ...somebodyElse, ...comparing });
}

const kinds = (events: readonly EventBody[]): readonly string[] => events.map(({ kind }) => kind);

describe('a mailbox that was read again', () => {
  it('says nothing where only the row was touched', () => {
    const touched = { ...readMailbox({ version: 9 }), pendingSend: 3 };
    const { incoming } = touched.directions;
    const later = { ...incoming, nextAttemptAt: '2026-11-23T08:15:00.000Z' };
    const after = { ...touched, directions: { ...touched.directions, incoming: later } };
    expect(compare(readMailbox(), after, somebodyElse)).toEqual([]);
  });

  it('tells of each direction that was disabled, with the newest alert of that direction', () => {
    const older = raisedAlert('incoming', {
      id: idOf('older'),
      raisedAt: '2026-11-22T08:00:00.000Z',
    });
    const alerts = [older, raisedAlert('incoming'), raisedAlert('act')];
    const events = told(
      {},
      { incoming: 'disabled', act: 'disabled', reason: 'credentials-rejected' },
      { alerts },
    );
    expect(events).toMatchObject([
      {
        kind: 'direction-disabled',
        direction: 'incoming',
        because: 'permanent',
        failure: { reason: 'credentials-rejected' },
        alert: { id: 'alert-incoming' },
      },
      { kind: 'direction-disabled', direction: 'act', alert: { id: 'alert-act' } },
    ]);
    expect(events[0]).not.toHaveProperty('failure.at');
  });

  it('has an alert of its own making where Dynamics 365 was told to raise none', () => {
    expect(told({}, { outgoing: 'disabled' })).toMatchObject([
      {
        kind: 'direction-disabled',
        alert: { topic: 'deliveries-regularly-disabled', level: 'error', direction: 'outgoing' },
      },
    ]);
  });

  it('was retried in vain when the same trouble has disabled it', () => {
    const because = (reason: 'timeout' | 'credentials-rejected'): unknown =>
      told({ incoming: 'retrying', reason: 'timeout' }, { incoming: 'disabled', reason })[0];
    expect(because('timeout')).toMatchObject({ because: 'retries-exhausted' });
    expect(because('credentials-rejected')).toMatchObject({ because: 'permanent' });
  });

  it('is retried once, however often Dynamics 365 tries: it does not count', () => {
    expect(told({}, { incoming: 'retrying' })).toMatchObject([
      { kind: 'direction-retrying', direction: 'incoming', attempt: 0, nextAttemptAt: null },
    ]);
    expect(told({ incoming: 'retrying' }, { incoming: 'retrying', version: 2 })).toEqual([]);
  });

  it('recovers by itself from retries, and is enabled by somebody from anything else', () => {
    expect(kinds(told({ incoming: 'retrying' }, {}))).toEqual(['direction-recovered']);
    expect(told({ incoming: 'disabled' }, {})).toEqual([
      { kind: 'direction-enabled', direction: 'incoming', by: null },
    ]);
    const by = idOf<UserId>('ada');
    expect(told({ incoming: 'not-enabled' }, {}, { by })).toMatchObject([{ by }]);
  });

  it('fails for another reason, or for one that is known at last', () => {
    const reasons = (was: 'timeout' | 'unknown', is: 'timeout' | 'unknown' | 'quota-exceeded') =>
      kinds(
        compare(
          readMailbox({ incoming: 'disabled', reason: was }),
          readMailbox({ incoming: 'disabled', reason: is }),
          somebodyElse,
        ),
      );
    expect(reasons('timeout', 'quota-exceeded')).toEqual(['direction-disabled']);
    expect(reasons('unknown', 'timeout')).toEqual(['direction-disabled']);
    expect(reasons('timeout', 'unknown')).toEqual([]);
  });

  it('is given up when somebody switches it off; a disabled one then still waits for a test', () => {
    expect(kinds(told({}, { incoming: 'not-enabled' }))).toEqual(['direction-given-up']);
    expect(kinds(told({ incoming: 'disabled' }, { incoming: 'not-enabled' }))).toEqual([
      'mailbox-changed',
    ]);
    expect(kinds(told({ act: 'disabled' }, { act: 'elsewhere' }))).toEqual([
      'method-changed',
      'direction-given-up',
    ]);
  });

  it('is deactivated as a whole, and activated with what fails still failing', () => {
    const failing = { incoming: 'disabled', outgoing: 'retrying' } as const;
    expect(told(failing, { ...failing, active: false })).toEqual([
      { kind: 'mailbox-deactivated', by: null },
    ]);
    expect(kinds(told({ ...failing, active: false }, failing))).toEqual([
      'mailbox-activated',
      'direction-disabled',
      'direction-retrying',
    ]);
  });

  it('tells of an address that moved, and of the approval that went with it', () => {
    const address = 'berit.berg@contoso.com';
    expect(told({}, { address, approval: 'pending' })).toEqual([
      {
        kind: 'address-changed',
        formerAddress: 'berit@contoso.com',
        address,
        approvalReset: true,
      },
    ]);
    expect(told({}, { address: 'BERIT@contoso.com' })).toEqual([{ kind: 'mailbox-changed' }]);
  });

  it('tells of a decision about the address, and not of its waiting for one', () => {
    expect(told({ approval: 'pending' }, {})).toMatchObject([{ approved: true, by: null }]);
    expect(told({}, { approval: 'rejected' })).toMatchObject([{ approved: false }]);
    expect(kinds(told({ approval: 'empty' }, { approval: 'pending' }))).toEqual([
      'mailbox-changed',
    ]);
  });

  it('tells of another method for appointments, contacts and tasks', () => {
    expect(told({ act: 'not-enabled' }, { act: 'elsewhere' })).toEqual([
      { kind: 'method-changed', direction: 'act', method: 'none', by: null },
    ]);
  });
});

const shown = fc.constantFrom('works', 'retrying', 'disabled', 'not-enabled', 'elsewhere');
const anyMailbox = fc
  .record({
    incoming: shown,
    outgoing: shown,
    act: shown,
    active: fc.boolean(),
    name: fc.constantFrom('Berit', 'Berit Berg'),
    address: fc.constantFrom('a@contoso.com', 'b@contoso.com'),
    approval: fc.constantFrom('empty', 'pending', 'approved', 'rejected'),
    reason: fc.constantFrom('timeout', 'credentials-rejected', 'unknown'),
  })
  .map((values) => readMailbox(values as ReadMailbox));

/** What somebody knows who has heard of the first mailbox and of all events since. */
interface Known {
  readonly directions: Readonly<Record<Direction, 'runs' | 'retried' | 'stands'>>;
  readonly address: string;
  readonly decided: boolean | null;
  readonly act: string;
}

function knownOf(mailbox: Mailbox): Known {
  const of = (direction: Direction): Known['directions']['act'] => {
    const condition = conditionOf(mailbox, direction);
    if (condition === 'works') return 'runs';
    return condition === 'retrying' ? 'retried' : 'stands';
  };
  const { state } = mailbox.approval;
  return {
    directions: { incoming: of('incoming'), outgoing: of('outgoing'), act: of('act') },
    address: mailbox.address,
    decided: state === 'approved' ? true : state === 'rejected' ? false : null,
    act: mailbox.directions.act.method,
  };
}

function hear(known: Known, event: EventBody, after: Mailbox): Known {
  const now = (direction: Direction, is: Known['directions']['act']): Known => ({
    ...known,
    directions: { ...known.directions, [direction]: is },
  });
  switch (event.kind) {
    case 'direction-enabled':
    case 'direction-recovered':
      return now(event.direction, 'runs');
    case 'direction-retrying':
      return now(event.direction, 'retried');
    case 'direction-disabled':
    case 'direction-given-up':
      return now(event.direction, 'stands');
    case 'mailbox-activated':
      // What was enabled goes on: one has to look.
      return { ...known, directions: knownOf(after).directions };
    case 'mailbox-deactivated':
      return { ...known, directions: { incoming: 'stands', outgoing: 'stands', act: 'stands' } };
    case 'address-changed':
      return {
        ...known,
        address: event.address,
        decided: event.approvalReset ? null : known.decided,
      };
    case 'approval-changed':
      return { ...known, decided: event.approved };
    case 'method-changed':
      return { ...known, act: event.method };
    default:
      return known;
  }
}

describe('whatever becomes of a mailbox', () => {
  it('who heard the first reading and every event knows how it is in the end', () => {
    fc.assert(
      fc.property(fc.array(anyMailbox, { minLength: 2, maxLength: 12 }), (history) => {
        let known = knownOf(history[0]!);
        for (const [index, after] of history.slice(1).entries()) {
          const before = history[index]!;
          const events = compare(before, after, somebodyElse);
          expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(events.length);
          for (const event of events) known = hear(known, event, after);
          const { decided, ...is } = knownOf(after);
          expect(known).toMatchObject(is);
          // An approval may be withdrawn without a rejection: its directions are then disabled.
          if (decided !== null) expect(known.decided).toBe(decided);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the same reading again says nothing', () => {
    fc.assert(
      fc.property(anyMailbox, (mailbox) => {
        expect(compare(mailbox, { ...mailbox, version: 7 }, somebodyElse)).toEqual([]);
      }),
    );
  });

  it('a direction runs, is retried or stands: each step between them is one event', () => {
    fc.assert(
      fc.property(anyMailbox, anyMailbox, (before, after) => {
        const events = compare(before, after, somebodyElse);
        for (const direction of DIRECTIONS) {
          const own = events.filter(
            (event) => 'direction' in event && event.direction === direction,
          );
          const steps = own.filter(({ kind }) => kind !== 'method-changed');
          const was = knownOf(before).directions[direction];
          const is = knownOf(after).directions[direction];
          if (was === is && is === 'runs') expect(steps).toEqual([]);
          expect(steps.length).toBeLessThanOrEqual(was === 'stands' && is === 'retried' ? 2 : 1);
        }
      }),
    );
  });
});
