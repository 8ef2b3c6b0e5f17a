import { describe, expect, it } from 'vitest';
import { idOf, type ProfileId } from '../../services/domain/ids.ts';
import { mailboxById } from '../../services/sync-engine/index.ts';
import type { SyncEngineUnderTest } from './sync-engine.contract.ts';

/** Settings of profiles and mailboxes that are changed by buttons. */
export function describeChanges(name: string, make: () => Promise<SyncEngineUnderTest>): void {
  describe(`${name}, whose settings are changed by buttons,`, () => {
    it('changes how a profile reaches its server, once for one key, and says what it lies over', async () => {
      const { engine, approved, unknownMailbox, context, events } = await make();
      const profileId = (await mailboxById(engine, approved))?.profileId ?? idOf<ProfileId>('');
      const before = await engine.profile(profileId);
      const host = before?.incoming.host ?? '';
      const change = {
        kind: 'set-endpoint',
        side: 'incoming',
        host,
        port: 143,
        tls: 'starttls',
      } as const;
      expect(await engine.checkProfileChange(profileId, change)).toMatchObject({
        kind: 'possible',
        before,
        after: { incoming: { port: 143, tls: 'starttls' } },
        warnings: [],
      });
      expect(await engine.profile(profileId)).toEqual(before);
      const pressed = context('one-change');
      expect(await engine.changeProfile(profileId, change, pressed)).toMatchObject({
        kind: 'changed',
        before,
      });
      expect(await engine.changeProfile(profileId, change, pressed)).toMatchObject({
        kind: 'changed',
        before,
        after: { incoming: { port: 143, tls: 'starttls' } },
      });
      expect(await engine.changeProfile(profileId, change, context())).toEqual({
        kind: 'unchanged',
      });
      expect(await engine.profile(profileId)).toMatchObject({
        incoming: { host, port: 143, tls: 'starttls' },
        outgoing: before?.outgoing,
      });
      expect(await engine.setUpChanges(approved)).toMatchObject([
        { part: 'incoming', over: { port: before?.incoming.port }, now: { port: 143 } },
      ]);
      const told = events.filter((event) => event.kind === 'profile-changed');
      expect(told).toHaveLength(1);
      expect(told[0]?.mailboxIds).toContain(approved);
      expect(await engine.setUpChanges(unknownMailbox)).toEqual([]);
      // A change that stands is no note to be taken.
      expect(await engine.forgetOverruled(profileId, 'incoming', context())).toEqual({
        kind: 'forgotten',
      });
      expect(await engine.setUpChanges(approved)).toHaveLength(1);
      expect(await engine.profile(profileId)).toMatchObject({ incoming: { port: 143 } });
      const undo = { kind: 'undo', part: 'incoming' } as const;
      expect((await engine.changeProfile(profileId, undo, context())).kind).toBe('changed');
      expect(await engine.profile(profileId)).toEqual(before);
      expect(await engine.setUpChanges(approved)).toEqual([]);
    });

    it('refuses a change that cannot work or is not supported, with the article that explains it', async () => {
      const { engine, approved, context, events } = await make();
      const profileId = (await mailboxById(engine, approved))?.profileId ?? idOf<ProfileId>('');
      const to = (host: string) =>
        ({ kind: 'set-endpoint', side: 'incoming', host, port: 993, tls: 'implicit' }) as const;
      expect(await engine.changeProfile(profileId, to('127.0.0.1'), context())).toMatchObject({
        kind: 'not-allowed',
        because: 'own-machine',
      });
      const location = { kind: 'fix-location', url: 'https://mail.contoso.test/x' } as const;
      expect(await engine.checkProfileChange(profileId, location)).toMatchObject({
        kind: 'not-allowed',
        because: 'other-server-type',
      });
      const nowhere = idOf<ProfileId>('no-such-profile');
      expect(await engine.changeProfile(nowhere, to('x'), context())).toEqual({
        kind: 'not-found',
      });
      const synchronized = 'server-side-synchronization';
      expect(await engine.changeActMethod(approved, synchronized, context())).toMatchObject({
        kind: 'unsupported',
        reason: { rule: 'act-without-exchange', topic: 'unsupported-configurations' },
      });
      expect(events).toEqual([]);
    });

    it('sets who synchronizes appointments, contacts and tasks, without enabling anything', async () => {
      const { engine, pending, unknownMailbox, context, events } = await make();
      const pressed = context('no-act');
      const first = await engine.changeActMethod(pending, 'none', pressed);
      expect(first).toMatchObject({
        kind: 'changed',
        mailbox: { directions: { act: { method: 'none', enabled: false } } },
      });
      expect(await engine.changeActMethod(pending, 'none', pressed)).toMatchObject({
        kind: 'changed',
        before: 'server-side-synchronization',
        after: 'none',
      });
      expect((await engine.changeActMethod(pending, 'none', context())).kind).toBe('unchanged');
      expect((await mailboxById(engine, pending))?.directions.act.method).toBe('none');
      expect(await engine.setUpChanges(pending)).toMatchObject([{ part: 'act', now: 'none' }]);
      expect(events.map(({ kind }) => kind)).toEqual(['method-changed']);
      expect(await engine.changeActMethod(unknownMailbox, 'none', context())).toEqual({
        kind: 'not-found',
      });
      const back = await engine.changeActMethod(pending, 'as-registered', context());
      expect(back).toMatchObject({
        mailbox: { directions: { act: { method: 'server-side-synchronization', enabled: false } } },
      });
      expect(await engine.setUpChanges(pending)).toEqual([]);
    });

    it('deactivates a mailbox and activates it again, once for one key', async () => {
      const { engine, approved, unknownMailbox, context, events } = await make();
      const pressed = context('off');
      expect(await engine.setActive(approved, false, pressed)).toMatchObject({
        kind: 'changed',
        mailbox: { id: approved, active: false },
      });
      expect((await engine.setActive(approved, false, pressed)).kind).toBe('changed');
      expect(await engine.setActive(approved, false, context())).toMatchObject({
        kind: 'unchanged',
        mailbox: { active: false },
      });
      expect((await mailboxById(engine, approved))?.active).toBe(false);
      expect(await engine.testAndEnable(approved, context())).toEqual({ kind: 'mailbox-inactive' });
      expect(await engine.setUpChanges(approved)).toMatchObject([
        { part: 'active', over: true, now: false },
      ]);
      expect(await engine.setActive(approved, true, context())).toMatchObject({
        kind: 'changed',
        mailbox: { active: true },
      });
      expect(await engine.setUpChanges(approved)).toEqual([]);
      expect(await engine.setActive(unknownMailbox, true, context())).toEqual({
        kind: 'not-found',
      });
      expect(events.map(({ kind }) => kind)).toEqual(['mailbox-deactivated', 'mailbox-activated']);
    });
  });
}
