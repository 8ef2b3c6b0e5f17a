import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OccurredFailure } from '../../../../services/domain/failure.ts';
import { idOf, type OrganizationId, type UserId } from '../../../../services/domain/ids.ts';
import { DIRECTIONS, healthOf } from '../../../../services/domain/mailbox.ts';
import { MAILBOX_COLUMNS } from '../../../../services/sync-engine/dataverse/columns.ts';
import {
  type AroundMailbox,
  toMailbox,
} from '../../../../services/sync-engine/dataverse/to-mailbox.ts';

const ID = '6f1c1f2e-0000-4000-8000-00000000000A';
const QUEUE = '11111111-2222-4333-8444-555555555555';
const PROFILE = '99999999-2222-4333-8444-555555555555';
const around: AroundMailbox = {
  organizationId: idOf<OrganizationId>('organization'),
  ownerId: idOf<UserId>('somebody'),
  serverType: 'exchange-server',
  pendingSend: 3,
  failures: {},
  now: '2026-11-24T05:00:00.000Z',
};
const working = {
  mailboxid: ID,
  name: ' Berit Berg ',
  emailaddress: 'berit@contoso.com',
  statecode: 0,
  emailrouteraccessapproval: 1,
  isemailaddressapprovedbyo365admin: true,
  incomingemaildeliverymethod: 2,
  outgoingemaildeliverymethod: 2,
  actdeliverymethod: 1,
  enabledforincomingemail: true,
  enabledforoutgoingemail: true,
  enabledforact: true,
  incomingemailstatus: 1,
  outgoingemailstatus: 1,
  actstatus: 1,
  versionnumber: 4711,
  modifiedon: '2026-11-24T04:00:00Z',
};
const told: OccurredFailure = {
  scope: 'profile',
  nature: 'permanent',
  stage: 'authenticate',
  reason: 'credentials-rejected',
  needsConfirmation: false,
  evidence: [],
  at: '2026-11-24T03:00:00.000Z',
};

describe("a mailbox's row", () => {
  it('becomes the mailbox that a person knows', () => {
    expect(
      toMailbox(
        {
          ...working,
          _emailserverprofile_value: PROFILE,
          _regardingobjectid_value: QUEUE,
          '_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'queue',
        },
        around,
      ),
    ).toMatchObject({
      id: ID.toLowerCase(),
      name: 'Berit Berg',
      address: 'berit@contoso.com',
      kind: 'queue',
      ownerId: 'somebody',
      profileId: PROFILE,
      active: true,
      approval: { state: 'approved' },
      directions: {
        incoming: { method: 'server-side-synchronization', enabled: true, status: 'success' },
        act: { method: 'server-side-synchronization', enabled: true, status: 'success' },
      },
      pendingSend: 3,
      version: 4711,
    });
    expect(healthOf(toMailbox(working, around))).toBe('healthy');
  });

  it('belongs to a user, to a queue, or forwards', () => {
    const lookup = '_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname';
    const kind = (row: object): string => toMailbox({ ...working, ...row }, around).kind;
    expect(kind({ _regardingobjectid_value: QUEUE, [lookup]: 'systemuser' })).toBe('user');
    expect(kind({ _regardingobjectid_value: QUEUE, [lookup]: 'queue' })).toBe('queue');
    expect(kind({ _regardingobjectid_value: null, isforwardmailbox: true })).toBe('forward');
  });

  it('reads the methods of ACT by their own numbers', () => {
    const method = (row: object, direction: 'incoming' | 'act'): string =>
      toMailbox({ ...working, ...row }, around).directions[direction].method;
    expect(
      [0, 1, 2, 3].map((each) => method({ incomingemaildeliverymethod: each }, 'incoming')),
    ).toEqual(['none', 'outlook', 'server-side-synchronization', 'forward-mailbox']);
    expect([0, 1, 2].map((each) => method({ actdeliverymethod: each }, 'act'))).toEqual([
      'outlook',
      'server-side-synchronization',
      'none',
    ]);
  });

  it('is disabled since its alert was raised where a direction failed and is not enabled', () => {
    const row = { ...working, incomingemailstatus: 2, enabledforincomingemail: false };
    const mailbox = toMailbox(row, { ...around, failures: { incoming: told } });
    expect(mailbox.directions.incoming).toMatchObject({
      enabled: false,
      disabledAt: told.at,
      lastFailure: told,
      transientFailures: 0,
    });
    expect(healthOf(mailbox)).toBe('disabled');
  });

  it('is disabled since no later than the row says where no alert tells', () => {
    const row = { ...working, incomingemailstatus: 2, enabledforincomingemail: false };
    expect(toMailbox(row, around).directions.incoming.disabledAt).toBe('2026-11-24T04:00:00.000Z');
    const tested = { ...row, testmailboxaccesscompletedon: '2026-11-20T04:00:00Z' };
    expect(toMailbox(tested, around).directions.incoming).toMatchObject({
      disabledAt: '2026-11-20T04:00:00.000Z',
      lastFailure: { reason: 'unknown', nature: 'permanent' },
    });
  });

  it('is retried where it fails and is still enabled, and does not say how often it has been', () => {
    const row = { ...working, outgoingemailstatus: 2, transientfailurecount: 1_002_003 };
    const mailbox = toMailbox(row, around);
    expect(mailbox.directions.outgoing).toMatchObject({
      transientFailures: 1,
      retriesUncounted: true,
      disabledAt: null,
    });
    expect(mailbox.directions.incoming.transientFailures).toBe(0);
    expect(healthOf(mailbox)).toBe('retrying');
  });

  it('is retried where a warning is open, whatever the last result was', () => {
    const mailbox = toMailbox(working, { ...around, failures: { act: told } });
    expect(mailbox.directions.act).toMatchObject({ transientFailures: 1, lastFailure: told });
  });

  it('says when it is tried next only of moments that lie ahead', () => {
    const next = (row: object): string | null =>
      toMailbox({ ...working, incomingemailstatus: 2, ...row }, around).directions.incoming
        .nextAttemptAt;
    expect(next({ postponemailboxprocessinguntil: '1900-01-01T00:00:00Z' })).toBeNull();
    expect(
      next({
        receivingpostponeduntil: '2026-11-24T05:05:00Z',
        postponemailboxprocessinguntil: '2026-11-24T05:02:00Z',
      }),
    ).toBe('2026-11-24T05:05:00.000Z');
  });

  it('fails in no direction that the server does not synchronize, nor while it is inactive', () => {
    const failed = { ...working, incomingemailstatus: 2, enabledforincomingemail: false };
    for (const row of [
      { ...failed, incomingemaildeliverymethod: 1 },
      { ...failed, statecode: 1 },
    ]) {
      const { incoming } = toMailbox(row, { ...around, failures: { incoming: told } }).directions;
      expect(incoming).toMatchObject({ disabledAt: null, lastFailure: null });
    }
  });

  it("wants Exchange Online's own approval, too, and only there", () => {
    const row = { ...working, isemailaddressapprovedbyo365admin: false };
    const state = (serverType: AroundMailbox['serverType']): string =>
      toMailbox(row, { ...around, serverType }).approval.state;
    expect([state('exchange-online'), state('exchange-server'), state(null)]).toEqual([
      'pending',
      'approved',
      'approved',
    ]);
  });

  it('counts on with the version of the row, also where an answer writes it as a text', () => {
    const version = (versionnumber: unknown): number =>
      toMailbox({ ...working, versionnumber }, around).version;
    expect([version(7), version('8'), version(null), version('x')]).toEqual([7, 8, 0, 0]);
  });

  it('can be read whatever its columns hold', () => {
    const anything = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer({ min: -3, max: 12 }),
      fc.string(),
      fc.constant('2026-11-24T04:00:00Z'),
      fc.uuid(),
    );
    const row = fc.dictionary(fc.constantFrom(...MAILBOX_COLUMNS, 'unheardof'), anything);
    fc.assert(
      fc.property(row, (values) => {
        const mailbox = toMailbox(values, around);
        for (const direction of DIRECTIONS) {
          const state = mailbox.directions[direction];
          expect(state.disabledAt !== null && state.enabled).toBe(false);
          expect(state.disabledAt === null || state.lastFailure !== null).toBe(true);
        }
        expect(Number.isSafeInteger(mailbox.version)).toBe(true);
        // An unknown answer approves nothing.
        const approved = values.emailrouteraccessapproval === 1;
        expect(mailbox.approval.state === 'approved').toBe(approved);
      }),
    );
  });
});
