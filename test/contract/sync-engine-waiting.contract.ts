import { describe, expect, it } from 'vitest';
import { mailboxById } from '../../services/sync-engine/index.ts';
import type { SyncEngineUnderTest } from './sync-engine.contract.ts';

/** Messages that wait, and what is decided about them. */
export function describeWaiting(name: string, make: () => Promise<SyncEngineUnderTest>): void {
  describe(`${name}, whose messages wait,`, () => {
    it('keeps one as Pending Send, once for one key, and says why it waits', async () => {
      const { engine, approved, context, makeWait } = await make();
      const message = { mailboxId: approved, subject: 'Offer', to: ['a@b.test'], text: 'Hello' };
      const pressed = context('one-message');
      const first = await engine.submit(message, pressed);
      expect(await engine.submit(message, pressed)).toEqual(first);
      if (makeWait !== undefined) {
        expect(first).toEqual({ kind: 'not-offered' });
        await makeWait(approved);
      }
      const waiting = await engine.pendingMessages(approved);
      expect(waiting).toMatchObject([
        { message: { state: 'pending-send' }, why: 'outgoing-not-enabled' },
      ]);
      if (first.kind === 'pending') expect(waiting[0]?.message).toEqual(first.message);
      expect((await mailboxById(engine, approved))?.pendingSend).toBe(1);
    });

    it('holds and releases them once for one key, or says that it cannot; and cancels them', async () => {
      const { engine, approved, unknownMailbox, context, events, makeWait } = await make();
      const message = { mailboxId: approved, subject: 'Offer', to: ['a@b.test'], text: 'Hello' };
      await (makeWait?.(approved) ?? engine.submit(message, context()));
      expect(await engine.waitingByDay(approved)).toMatchObject([{ waiting: 1, held: 0 }]);
      const pressed = context('hold-once');
      const first = await engine.holdMessages(approved, null, pressed);
      if (makeWait === undefined) {
        expect(first).toMatchObject({ kind: 'changed', count: 1, mailbox: { pendingSend: 0 } });
        expect(await engine.holdMessages(approved, null, pressed)).toMatchObject({ count: 1 });
        expect(await engine.pendingMessages(approved)).toMatchObject([{ why: 'held' }]);
        expect(await engine.waitingByDay(approved)).toMatchObject([{ waiting: 0, held: 1 }]);
        expect(await engine.releaseMessages(approved, null, context())).toMatchObject({ count: 1 });
      } else {
        expect(first).toEqual({ kind: 'not-offered' });
        expect(await engine.releaseMessages(approved, null, context())).toEqual(first);
        expect(await engine.waitingByDay(approved)).toMatchObject([{ waiting: 1, held: 0 }]);
      }
      const past = '2000-01-01T00:00:00.000Z';
      expect(await engine.cancelMessages(approved, past, context())).toMatchObject({ count: 0 });
      expect(await engine.cancelMessages(approved, null, context())).toMatchObject({ count: 1 });
      expect(await engine.pendingMessages(approved)).toEqual([]);
      const changes = events.filter((event) => event.kind === 'waiting-messages-changed');
      const held = [
        ['held', 1],
        ['released', 1],
      ];
      expect(changes.map(({ change, count }) => [change, count])).toEqual([
        ...(makeWait === undefined ? held : []),
        ['cancelled', 1],
      ]);
      const nobody = await engine.holdMessages(unknownMailbox, null, context());
      expect(nobody).toEqual({ kind: 'not-found' });
    });
  });
}
