import { describe, expect, it } from 'vitest';
import type { ServerCertificate } from '../../services/domain/early-warning.ts';
import type { Failure } from '../../services/domain/failure.ts';
import type { MailboxId, TestRunId, UserId } from '../../services/domain/ids.ts';
import type { SyncEvent } from '../../services/domain/sync-event.ts';
import { passed, type TestRun } from '../../services/domain/test-run.ts';
import {
  type ActionContext,
  mailboxById,
  type SyncEngine,
} from '../../services/sync-engine/index.ts';
import { describeChanges } from './sync-engine-changes.contract.ts';
import { describeWaiting } from './sync-engine-waiting.contract.ts';

/** A started engine over a world in which one mailbox is approved and one waits for approval. */
export interface SyncEngineUnderTest {
  readonly engine: SyncEngine;
  readonly events: readonly SyncEvent[];
  /** Approved, never tested; its server works until told otherwise. */
  readonly approved: MailboxId;
  /** Its address waits for approval; it is in Exchange Online. */
  readonly pending: MailboxId;
  /** Bears no profile. */
  readonly withoutProfile: MailboxId;
  readonly owner: UserId;
  readonly serverFails: (failure: Failure) => void;
  /** The engine sees this certificate at the approved mailbox's server, by a test or a look of its own. */
  readonly serverShows: (certificate: ServerCertificate) => Promise<void>;
  readonly serverWorks: () => void;
  /** Lets a test that was started come to its end. */
  readonly finished: (id: TestRunId) => Promise<TestRun>;
  readonly context: (key?: string) => ActionContext;
  readonly wrongPassword: Failure;
  readonly unknownMailbox: MailboxId;
  /** Where the engine has several organizations: approved there, with the address of `pending`. */
  readonly twin: MailboxId | null;
  /** Where it has one and Exchange knows of others: another one synchronizes `pending`. */
  readonly takenElsewhere?: () => void;
  /** The owner of `pending`, who may approve the address by testing it; whoever acts, unless told. */
  readonly ownerOfPending?: () => ActionContext;
  /** It raises informations of what has been enabled; Dynamics 365 writes what it writes. */
  readonly tellsOfSuccess: boolean;
  /** Makes a message wait, where none can be handed in through the engine. */
  readonly makeWait?: (mailboxId: MailboxId) => Promise<void>;
}

/** What the bot relies on, whatever engine stands behind the port. */
export function describeSyncEngineContract(
  name: string,
  make: () => Promise<SyncEngineUnderTest>,
): void {
  const test = async (world: SyncEngineUnderTest): Promise<TestRun> => {
    const answer = await world.engine.testAndEnable(world.approved, world.context());
    if (answer.kind !== 'started') throw new TypeError(`Test & enable said ${answer.kind}`);
    return world.finished(answer.testRunId);
  };

  describe(`${name} as a sync engine`, () => {
    it('finds a mailbox by id, by name, by address and by owner', async () => {
      const { engine, approved, owner } = await make();
      const mailbox = await mailboxById(engine, approved);
      expect(mailbox?.id).toBe(approved);
      for (const text of [mailbox?.name ?? '', mailbox?.address.toUpperCase() ?? '']) {
        const hits = await engine.findMailboxes({ by: 'text', text, limit: 5 });
        expect(hits[0]).toMatchObject({ quality: 'exact', mailbox: { id: approved } });
      }
      const owned = await engine.findMailboxes({ by: 'owner', ownerId: owner });
      expect(owned.map((hit) => hit.mailbox.id)).toContain(approved);
    });

    it('knows the profile and the organization of its mailboxes', async () => {
      const { engine, approved } = await make();
      const mailbox = await mailboxById(engine, approved);
      const profileId = mailbox?.profileId ?? null;
      expect(profileId === null ? null : await engine.profile(profileId)).toMatchObject({
        id: profileId,
      });
      const organization = mailbox && (await engine.organization(mailbox.organizationId));
      expect(organization?.id).toBe(mailbox?.organizationId);
    });

    it('knows what a mailbox of Exchange Online has used of its limits, and of no other server', async () => {
      const { engine, approved, pending } = await make();
      const limits = await engine.limits(pending);
      expect(limits.map(({ limit, used, level }) => [limit, used, level])).toEqual([
        ['received-per-hour', 0, null],
        ['recipients-per-day', 0, null],
        ['messages-per-minute', 0, null],
      ]);
      expect(await engine.limits(approved)).toEqual([]);
    });

    it('counts its mailboxes for the performance dashboard, and lists those behind a number', async () => {
      const world = await make();
      const { engine, approved, owner } = world;
      const all = { organizationId: null, profileId: null, concerning: null };
      const before = await engine.performanceSummary(all);
      expect(before.configured).toBe(before.warnings.notProcessing);
      expect(passed(await test(world))).toBe(true);
      const after = await engine.performanceSummary(all);
      expect(after).toMatchObject({ configured: before.configured, healthy: 1 });
      expect(after.warnings.total).toBe(before.warnings.total - 1);
      const healthy = { by: 'class', class: 'healthy' } as const;
      const page = await engine.performanceMailboxes(all, healthy, { after: null, limit: 5 });
      expect(page).toMatchObject({ total: 1, next: null, items: [{ mailbox: { id: approved } }] });
      const theirs = await engine.performanceSummary({ ...all, concerning: owner });
      expect(theirs).toMatchObject({ configured: 1, healthy: 1 });
    });

    it('knows the alerts behind an error of the dashboard, and the turns of a mailbox', async () => {
      const world = await make();
      const { engine, approved, unknownMailbox } = world;
      world.serverFails(world.wrongPassword);
      await test(world);
      const all = { organizationId: null, profileId: null, concerning: null };
      const period = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };
      const page = { after: null, limit: 10 };
      const alerts = await engine.raisedAlerts(all, { ...period, topic: null }, page);
      expect(alerts.items.map(({ mailboxId }) => mailboxId)).toContain(approved);
      expect(alerts.total).toBe(alerts.items.length);
      const [{ topic } = { topic: null }] = alerts.items;
      const same = await engine.raisedAlerts(all, { ...period, topic }, page);
      expect(same.total).toBeGreaterThan(0);
      const counted = (await engine.performanceHours(all, period)).flatMap((hour) => hour.alerts);
      expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(alerts.total);
      // A test is no turn of the schedule.
      expect(await engine.processedTurns(approved)).toEqual([]);
      expect(await engine.processedTurns(unknownMailbox)).toEqual([]);
    });

    it('answers not-found for a mailbox that it does not have', async () => {
      const { engine, unknownMailbox, context } = await make();
      expect(await engine.findMailboxes({ by: 'id', id: unknownMailbox })).toEqual([]);
      expect(await engine.testAndEnable(unknownMailbox, context())).toEqual({ kind: 'not-found' });
      expect(await engine.approve(unknownMailbox, context())).toEqual({ kind: 'not-found' });
      expect(await engine.pendingMessages(unknownMailbox)).toEqual([]);
    });

    it('enables what passed Test & enable, and says so once', async () => {
      const world = await make();
      const run = await test(world);
      expect(passed(run)).toBe(true);
      const mailbox = await mailboxById(world.engine, world.approved);
      expect(mailbox?.directions.incoming).toMatchObject({ enabled: true, status: 'success' });
      const enabled = world.events.filter((event) => event.kind === 'direction-enabled');
      expect(enabled.map((event) => event.direction)).toEqual(['incoming', 'outgoing']);
    });

    it('does not enable what failed Test & enable, and raises an alert that is closed when it passes', async () => {
      const world = await make();
      world.serverFails(world.wrongPassword);
      const run = await test(world);
      expect(passed(run)).toBe(false);
      expect(run.raisedAlerts.length).toBeGreaterThan(0);
      expect((await mailboxById(world.engine, world.approved))?.directions.incoming.enabled).toBe(
        false,
      );
      expect((await world.engine.openAlerts(world.approved)).length).toBeGreaterThan(0);
      world.serverWorks();
      expect(passed(await test(world))).toBe(true);
      expect(await world.engine.openAlerts(world.approved)).toEqual([]);
      const wall = { of: 'mailbox', mailboxId: world.approved } as const;
      const any = await world.engine.alerts({ wall, state: 'any', limit: 10 });
      const told = world.tellsOfSuccess
        ? [
            ['information', true],
            ['information', true],
          ]
        : [];
      expect(any.map(({ alert, open }) => [alert.level, open])).toEqual([
        ...told,
        ['error', false],
        ['error', false],
      ]);
      const open = await world.engine.alerts({ wall, state: 'open', limit: 1 });
      expect(open).toEqual(any.slice(0, told.length).slice(0, 1));
    });

    it('starts one test for one key, however often it is pressed', async () => {
      const { engine, approved, context, finished } = await make();
      const pressed = context('one-press');
      const first = await engine.testAndEnable(approved, pressed);
      const second = await engine.testAndEnable(approved, pressed);
      expect(first.kind).toBe('started');
      expect(second).toEqual(first);
      if (first.kind === 'started') await finished(first.testRunId);
      expect(await engine.testAndEnable(approved, pressed)).toEqual(first);
    });

    it('tests no mailbox without an approval or a profile', async () => {
      const { engine, pending, withoutProfile, context } = await make();
      expect(await engine.testAndEnable(pending, context())).toEqual({ kind: 'approval-missing' });
      expect(await engine.testAndEnable(withoutProfile, context())).toEqual({
        kind: 'profile-missing',
      });
    });

    it('approves an address once, with one event, and enables nothing by it', async () => {
      const { engine, pending, context, events } = await make();
      const pressed = context('approve-once');
      const before = await mailboxById(engine, pending);
      const first = await engine.approve(pending, pressed);
      expect(first).toMatchObject({
        kind: 'approved',
        mailbox: { approval: { state: 'approved' }, directions: { incoming: { enabled: false } } },
      });
      const after = await mailboxById(engine, pending);
      expect(after?.version).toBeGreaterThan(before?.version ?? 0);
      expect((await engine.approve(pending, pressed)).kind).toBe('approved');
      expect((await engine.approve(pending, context())).kind).toBe('already-approved');
      expect(events.filter((event) => event.kind === 'approval-changed')).toHaveLength(1);
    });

    it('rejects an address once, with one event; what is rejected is not tested, and may be approved', async () => {
      const { engine, approved, unknownMailbox, context, events } = await make();
      const pressed = context('reject-once');
      expect(await engine.reject(approved, pressed)).toMatchObject({
        kind: 'rejected',
        mailbox: { approval: { state: 'rejected' } },
      });
      expect((await engine.reject(approved, pressed)).kind).toBe('rejected');
      expect((await engine.reject(approved, context())).kind).toBe('already-rejected');
      expect(events.filter((event) => event.kind === 'approval-changed')).toMatchObject([
        { approved: false },
      ]);
      expect((await engine.testAndEnable(approved, context())).kind).toBe('approval-missing');
      expect((await engine.approve(approved, context())).kind).toBe('approved');
      expect(await engine.reject(unknownMailbox, context())).toEqual({ kind: 'not-found' });
    });

    it('lets a person approve their own address by testing it, when the caller says that they may', async () => {
      const world = await make();
      const { engine, pending, context, finished } = world;
      const owner = world.ownerOfPending?.() ?? context();
      const answer = await engine.testAndEnable(pending, { ...owner, selfApproval: true });
      expect(answer.kind).toBe('started');
      if (answer.kind === 'started') await finished(answer.testRunId);
      expect((await mailboxById(engine, pending))?.approval.state).toBe('approved');
    });

    it('lets one organization have an Exchange mailbox, and another take it over by a wish of its own', async () => {
      const { engine, pending, twin, takenElsewhere, context, finished, events } = await make();
      const outcomeOf = async (id: MailboxId, markAsPrimary: boolean) => {
        const answer = await engine.testAndEnable(id, { ...context(), markAsPrimary });
        if (answer.kind !== 'started') throw new TypeError(`Test & enable said ${answer.kind}`);
        const { act } = (await finished(answer.testRunId)).results;
        return act.outcome === 'failed' ? act.failure?.reason : act.outcome;
      };
      await engine.approve(pending, context());
      if (twin === null) takenElsewhere?.();
      else expect(await outcomeOf(twin, false)).toBe('passed');
      expect(await outcomeOf(pending, false)).toBe('other-organization');
      expect(await outcomeOf(pending, true)).toBe('passed');
      // What becomes of the other organization's mailbox is seen there.
      if (twin === null) return;
      expect((await mailboxById(engine, twin))?.directions.act.enabled).toBe(false);
      const stopped = events.filter(
        (event) => event.kind === 'direction-disabled' && event.mailboxId === twin,
      );
      expect(stopped).toHaveLength(3);
    });

    it('lists the mailboxes that wait for approval', async () => {
      const { engine, pending, approved, context } = await make();
      const waiting = async (): Promise<MailboxId[]> =>
        (await engine.findMailboxes({ by: 'approval-pending' })).map((hit) => hit.mailbox.id);
      expect(await waiting()).toContain(pending);
      expect(await waiting()).not.toContain(approved);
      await engine.approve(pending, context());
      expect(await waiting()).not.toContain(pending);
    });

    it('tells of a certificate that will expire before it does, and of the one that puts it right', async () => {
      const world = await make();
      const { engine, approved, events } = world;
      const profileId = (await mailboxById(engine, approved))?.profileId;
      if (profileId === null || profileId === undefined) throw new TypeError('no profile');
      const old = {
        host: 'mail.contoso.test',
        port: 993,
        subject: 'mail.contoso.test',
        issuer: 'Contoso CA',
        validTo: '2026-12-03T08:00:00.000Z',
        fingerprint: '0A:0B',
      };
      await world.serverShows(old);
      const expected = {
        profileId,
        mailboxId: null,
        level: 'month',
        at: old.validTo,
        trouble: { kind: 'certificate-expires', certificate: old },
      };
      const ofMailbox = await engine.earlyWarnings({ by: 'mailbox', mailboxId: approved });
      expect(ofMailbox).toMatchObject([expected]);
      expect(await engine.earlyWarnings({ by: 'profile', profileId })).toEqual(ofMailbox);
      const renewed = { fingerprint: '0C:0D', validTo: '2029-01-01T00:00:00.000Z' };
      await world.serverShows({ ...old, ...renewed });
      expect(await engine.earlyWarnings({ by: 'mailbox', mailboxId: approved })).toEqual([]);
      const { cause = '' } = ofMailbox[0] ?? {};
      const [ended] = await engine.earlyWarnings({ by: 'cause', cause });
      expect(ended?.closedAt).not.toBeNull();
      const told = events.filter((event) => 'warning' in event);
      expect(told.map(({ kind }) => kind)).toEqual(['early-warning-raised', 'early-warning-ended']);
    });
  });

  describeWaiting(name, make);
  describeChanges(name, make);
}
