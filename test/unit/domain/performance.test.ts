import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../services/domain/ids.ts';
import {
  DIRECTIONS,
  type Direction,
  type DirectionState,
  type Mailbox,
} from '../../../services/domain/mailbox.ts';
import { classOf, MAILBOX_CLASSES } from '../../../services/domain/mailbox-class.ts';
import { countedAs, isSelected, summaryOf } from '../../../services/domain/performance.ts';
import { instantOf } from '../../../services/domain/time.ts';

const NOW = Date.parse('2026-11-24T08:00:00.000Z');
const minutesAgo = (minutes: number): string => instantOf(NOW - minutes * 60_000);
const THRESHOLDS = { intermittentFrom: 1, permanentFrom: 5 };

const WORKS: DirectionState = {
  method: 'server-side-synchronization',
  enabled: true,
  status: 'success',
  transientFailures: 0,
  nextAttemptAt: null,
  confirming: false,
  lastFailure: null,
  disabledAt: null,
  answersAgainAt: null,
};

function mailbox(
  incoming: Partial<DirectionState> = {},
  { outgoing = {}, ...over }: Partial<Mailbox> & { outgoing?: Partial<DirectionState> } = {},
): Mailbox {
  return {
    id: idOf('anna'),
    organizationId: idOf('contoso'),
    name: 'Anna Ek',
    address: 'anna.ek@contoso.test',
    kind: 'user',
    ownerId: null,
    profileId: idOf('imap'),
    active: true,
    approval: { state: 'approved', decidedBy: null, decidedAt: null },
    directions: {
      incoming: { ...WORKS, ...incoming },
      outgoing: { ...WORKS, ...outgoing },
      act: { ...WORKS, method: 'none', enabled: false, status: 'not-run' },
    },
    pendingSend: 0,
    version: 1,
    ...over,
  };
}

const direction: fc.Arbitrary<DirectionState> = fc.record({
  method: fc.constantFrom('server-side-synchronization', 'outlook', 'none'),
  enabled: fc.boolean(),
  status: fc.constantFrom('not-run', 'success', 'failure'),
  transientFailures: fc.nat(11),
  nextAttemptAt: fc.constant(null),
  confirming: fc.boolean(),
  lastFailure: fc.constant(null),
  disabledAt: fc.option(fc.constant(minutesAgo(90))),
  answersAgainAt: fc.option(fc.constant(minutesAgo(9))),
});

const situation = fc.record({
  mailbox: fc
    .record({ incoming: direction, outgoing: direction, act: direction })
    .chain((directions: Readonly<Record<Direction, DirectionState>>) =>
      fc
        .record({ active: fc.boolean(), profileId: fc.option(fc.constant(idOf('imap'))) })
        .map((over) => ({ ...mailbox(), directions, ...over }) as Mailbox),
    ),
  serverType: fc.constantFrom('exchange-online', 'exchange-server', 'imap-smtp', null),
  test: fc.option(fc.nat(30).map((minutes) => ({ since: minutesAgo(minutes) }))),
});
const thresholds = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .map(([from, more]) => ({ intermittentFrom: from, permanentFrom: Math.min(10, from + more) }));

describe('what a mailbox counts as', () => {
  it.each([
    ['works in all its directions', mailbox(), 'healthy'],
    ['has failed once', mailbox({ transientFailures: 1 }), 'intermittent'],
    ['is having a failure confirmed', mailbox({ confirming: true }), 'intermittent'],
    ['has failed four times', mailbox({ transientFailures: 4 }), 'intermittent'],
    ['has failed five times', mailbox({ transientFailures: 5 }), 'continuous-errors'],
    ['was never enabled', mailbox({ enabled: false, status: 'not-run' }), 'not-processing'],
    [
      'has one direction that was never enabled',
      mailbox({}, { outgoing: { enabled: false } }),
      'not-processing',
    ],
    [
      'was disabled by the system',
      mailbox({ enabled: false, disabledAt: minutesAgo(3), transientFailures: 10 }),
      'not-processing',
    ],
    ['bears no profile', mailbox({}, { profileId: null }), 'not-processing'],
    [
      'fails without end, while another direction is disabled',
      mailbox(
        { transientFailures: 7 },
        { outgoing: { enabled: false, disabledAt: minutesAgo(3) } },
      ),
      'continuous-errors',
    ],
    ['is inactive', mailbox({}, { active: false }), null],
    [
      'is synchronized by Outlook',
      mailbox({ method: 'outlook' }, { outgoing: { method: 'none' } }),
      null,
    ],
  ] as const)('is told of one that %s', (_, one, expected) => {
    expect(classOf(one, null, THRESHOLDS)).toBe(expected);
  });

  it('is testing from when Test & enable was asked for, whatever else is wrong, and long after five minutes', () => {
    const broken = mailbox({ transientFailures: 9 });
    const counted = (minutes: number) =>
      countedAs(
        broken,
        { serverType: null, test: { since: minutesAgo(minutes) }, thresholds: THRESHOLDS },
        NOW,
      );
    expect(counted(4)).toMatchObject({ class: 'testing', takesLong: false });
    expect(counted(5)).toMatchObject({ class: 'testing', takesLong: true });
  });

  it('follows the thresholds of its organization', () => {
    const failing = mailbox({ transientFailures: 3 });
    const classWith = (intermittentFrom: number, permanentFrom: number) =>
      classOf(failing, null, { intermittentFrom, permanentFrom });
    expect(classWith(4, 5)).toBe('healthy');
    expect(classWith(3, 4)).toBe('intermittent');
    expect(classWith(2, 3)).toBe('continuous-errors');
  });
});

describe('the summary of the dashboard', () => {
  it('adds up, whatever the mailboxes are like, and each number is as long as its list', () => {
    fc.assert(
      fc.property(fc.array(situation, { maxLength: 40 }), thresholds, (situations, limits) => {
        const counted = situations.flatMap(
          ({ mailbox: one, ...more }) => countedAs(one, { ...more, thresholds: limits }, NOW) ?? [],
        );
        const summary = summaryOf(counted);
        const { warnings, byServerType } = summary;
        expect(summary.configured).toBe(
          summary.healthy + summary.continuousErrors + warnings.total,
        );
        expect(warnings.total).toBe(
          warnings.intermittent + warnings.notProcessing + warnings.testing.total,
        );
        expect(warnings.testing.takingLong).toBeLessThanOrEqual(warnings.testing.total);
        expect(Object.values(byServerType).reduce((sum, count) => sum + count, 0)).toBe(
          summary.configured,
        );
        const listed = (selection: Parameters<typeof isSelected>[1]): number =>
          counted.filter((one) => isSelected(one, selection)).length;
        expect(listed({ by: 'configured' })).toBe(summary.configured);
        expect(listed({ by: 'warnings' })).toBe(warnings.total);
        expect(listed({ by: 'test-takes-long' })).toBe(warnings.testing.takingLong);
        expect(listed({ by: 'system-disabled' })).toBe(summary.systemDisabled);
        const classes = MAILBOX_CLASSES.map((each) => listed({ by: 'class', class: each }));
        expect(classes).toEqual([
          summary.healthy,
          summary.continuousErrors,
          warnings.intermittent,
          warnings.notProcessing,
          warnings.testing.total,
        ]);
      }),
    );
  });

  it('counts no mailbox as healthy of which a direction is not enabled or fails', () => {
    fc.assert(
      fc.property(situation, thresholds, ({ mailbox: one }, limits) => {
        fc.pre(classOf(one, null, limits) === 'healthy');
        for (const each of DIRECTIONS) {
          const { method, enabled, transientFailures } = one.directions[each];
          if (method !== 'server-side-synchronization') continue;
          expect(enabled).toBe(true);
          expect(transientFailures).toBeLessThan(limits.intermittentFrom);
        }
      }),
    );
  });
});
