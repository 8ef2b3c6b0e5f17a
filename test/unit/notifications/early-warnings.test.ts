import { describe, expect, it } from 'vitest';
import type { EarlyWarning, WarningLevel } from '../../../services/domain/early-warning.ts';
import { idOf, type MailboxId } from '../../../services/domain/ids.ts';
import { HOUR_MS, instantOf } from '../../../services/domain/time.ts';
import { ADMINISTRATOR, createWorld, PROFILE_OWNER, type World } from './notification-world.ts';

const CAUSE = 'certificate:aa11';

function expiring(level: WarningLevel, over: Partial<EarlyWarning> = {}): EarlyWarning {
  return {
    id: `${CAUSE}@exchange`,
    cause: CAUSE,
    trouble: {
      kind: 'certificate-expires',
      certificate: {
        host: 'mail.contoso.test',
        port: 993,
        subject: 'mail.contoso.test',
        issuer: 'Contoso CA',
        validTo: '2026-12-20T00:00:00.000Z',
        fingerprint: 'AA:11',
      },
    },
    mailboxId: null,
    profileId: idOf('exchange'),
    topic: idOf('secure-connection'),
    level,
    at: '2026-12-20T00:00:00.000Z',
    raisedAt: '2026-11-23T08:00:00.000Z',
    closedAt: null,
    ...over,
  };
}

const full = (world: World): EarlyWarning =>
  expiring('near', {
    id: 'quota:anna:storage@anna',
    cause: 'quota:anna:storage',
    trouble: { kind: 'quota-near', quota: { resource: 'storage', used: 95, allowed: 100 } },
    mailboxId: idOf<MailboxId>('anna'),
    at: null,
    raisedAt: instantOf(world.scheduler.now()),
  });

async function raised(world: World, warning: EarlyWarning): Promise<void> {
  await world.happens('anna', { kind: 'early-warning-raised', warning });
  await world.settled();
}

const sendsOf = ({ messenger }: World): string[] =>
  messenger.asked.filter(({ kind }) => kind === 'send').map(({ recipientId }) => `${recipientId}`);

describe('a warning of what will fail', () => {
  it('is one card to the profile owner for one cause, also of two profiles, and none to others', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await raised(world, expiring('month'));
    await raised(world, expiring('month'));
    await raised(world, expiring('month', { id: `${CAUSE}@another` }));
    expect(sendsOf(world)).toEqual([PROFILE_OWNER]);
    expect(world.messenger.asked[0]?.reference).toEqual({ card: 'early-warning', cause: CAUSE });
  });

  it('is told again at each nearer level, redraws what stands, and is silent when the day is over', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    for (const level of ['month', 'week', 'day', 'over'] as const) {
      await raised(world, expiring(level));
    }
    expect(sendsOf(world)).toEqual([PROFILE_OWNER, PROFILE_OWNER, PROFILE_OWNER]);
    await world.passes(60_000, 1_000);
    const before = world.messenger.asked.length;
    const warning = expiring('over', { closedAt: instantOf(world.scheduler.now()) });
    await world.happens('anna', { kind: 'early-warning-ended', warning });
    await world.passes(60_000, 1_000);
    expect(world.messenger.asked.slice(before).map(({ kind }) => kind)).toEqual([
      'update',
      'update',
      'update',
    ]);
  });

  it('of one mailbox goes to its owner, once a day at most', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' } });
    await raised(world, full(world));
    await raised(world, full(world));
    expect(sendsOf(world)).toEqual(['anna-owner']);
    await world.passes(25 * HOUR_MS);
    await raised(world, full(world));
    expect(sendsOf(world)).toEqual(['anna-owner', 'anna-owner']);
  });

  it('goes to the System administrators where nobody owns what it is about', async () => {
    const world = await createWorld({ mailboxes: { anna: null }, profileOwner: null });
    await raised(world, expiring('month'));
    await raised(world, full(world));
    expect(sendsOf(world)).toEqual([ADMINISTRATOR, ADMINISTRATOR]);
  });

  it('is one card to somebody who first talks to the bot when it has come nearer', async () => {
    const world = await createWorld({ mailboxes: { anna: 'anna-owner' }, reachable: [] });
    await raised(world, expiring('month'));
    await raised(world, expiring('week'));
    expect(sendsOf(world)).toEqual([]);
    await world.opens(PROFILE_OWNER);
    await world.settled();
    expect(sendsOf(world)).toEqual([PROFILE_OWNER]);
  });
});
