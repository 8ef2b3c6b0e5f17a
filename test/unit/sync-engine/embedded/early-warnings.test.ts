import { describe, expect, it } from 'vitest';
import type { ServerCertificate } from '../../../../services/domain/early-warning.ts';
import { idOf, type ProfileId } from '../../../../services/domain/ids.ts';
import { instantOf, MINUTE_MS } from '../../../../services/domain/time.ts';
import { ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;
const PROFILE = idOf<ProfileId>('imap');
const enabled = { enabled: ['incoming', 'outgoing'] } as const;

const certificate = (over: Partial<ServerCertificate> = {}): ServerCertificate => ({
  host: 'mail.contoso.test',
  port: 993,
  subject: 'mail.contoso.test',
  issuer: 'Contoso CA',
  validTo: '2026-12-25T08:00:00.000Z',
  fingerprint: 'AA:11',
  ...over,
});

/** Raised and ended, in order, by what they say. */
function told({ events }: SyncWorld): string[] {
  return events.flatMap((event) =>
    event.kind === 'early-warning-raised'
      ? [event.warning.level]
      : event.kind === 'early-warning-ended'
        ? ['ended']
        : [],
  );
}

const days = (world: SyncWorld, count: number): Promise<void> =>
  world.scheduler.advance(count * DAY_MS);

describe('what a session has seen', () => {
  it('counts for its own mailbox, where another organization knows the same address', async () => {
    const world = await createSyncWorld({ twoOrganizations: true });
    const [olga, twin] = [idOf<typeof ANNA>('olga'), idOf<typeof ANNA>('olga-test')];
    world.graph.hasQuotas([{ resource: 'storage', used: 950, allowed: 1_000 }]);
    await world.engine.approve(olga, by());
    await world.tested(olga);
    expect(await world.engine.earlyWarnings({ by: 'mailbox', mailboxId: olga })).toHaveLength(1);
    expect(await world.engine.earlyWarnings({ by: 'mailbox', mailboxId: twin })).toEqual([]);
  });
});

describe('a server certificate that will expire', () => {
  it('is told thirty days before, once, while everything works', async () => {
    const world = await createSyncWorld(enabled);
    // 32 days from the beginning of the test's time.
    world.imap.shows(certificate());
    await days(world, 1);
    expect(told(world)).toEqual([]);
    await days(world, 2);
    expect(told(world)).toEqual(['month']);
    expect((await world.direction('incoming')).status).toBe('success');
    expect(await world.engine.earlyWarnings({ by: 'profile', profileId: PROFILE })).toMatchObject([
      {
        at: '2026-12-25T08:00:00.000Z',
        topic: 'topic-of-certificate-expired',
        mailboxId: null,
        trouble: { kind: 'certificate-expires', certificate: { issuer: 'Contoso CA' } },
      },
    ]);
  });

  it('is one warning of the profile, whatever mailboxes, directions and ports show it', async () => {
    const world = await createSyncWorld(enabled);
    await world.tested(idOf('kim-1'));
    await world.tested(idOf('kim-2'));
    world.imap.shows(certificate({ validTo: instantOf(world.scheduler.now() + 20 * DAY_MS) }));
    world.smtp.shows(
      certificate({ port: 587, validTo: instantOf(world.scheduler.now() + 20 * DAY_MS) }),
    );
    await days(world, 1);
    expect(told(world)).toEqual(['month']);
    for (const id of [ANNA, idOf<typeof ANNA>('kim-1')]) {
      expect(await world.engine.earlyWarnings({ by: 'mailbox', mailboxId: id })).toHaveLength(1);
    }
    const online = await world.engine.earlyWarnings({ by: 'mailbox', mailboxId: idOf('olga') });
    expect(online).toEqual([]);
  });

  it('is put right by a new certificate, and ports that show the old one keep the warning', async () => {
    const world = await createSyncWorld(enabled);
    const soon = instantOf(world.scheduler.now() + 20 * DAY_MS);
    world.imap.shows(certificate({ validTo: soon }));
    world.smtp.shows(certificate({ port: 587, validTo: soon }));
    await world.tested();
    const renewed = { validTo: '2028-01-01T00:00:00.000Z', fingerprint: 'BB:22' };
    world.imap.shows(certificate(renewed));
    await world.tested();
    expect(told(world)).toEqual(['month']);
    world.smtp.shows(certificate({ ...renewed, port: 587 }));
    await world.tested();
    expect(told(world)).toEqual(['month', 'ended']);
    expect(await world.engine.earlyWarnings({ by: 'profile', profileId: PROFILE })).toEqual([]);
    const [warning] = await world.engine.earlyWarnings({ by: 'cause', cause: 'certificate:aa11' });
    expect(warning?.closedAt).not.toBeNull();
  });

  it('is not told again by another process', async () => {
    const first = await createSyncWorld(enabled);
    first.imap.shows(certificate({ validTo: instantOf(first.scheduler.now() + 20 * DAY_MS) }));
    await days(first, 1);
    expect(told(first)).toEqual(['month']);
    const second = await first.restart(enabled);
    await days(second, 1);
    expect(told(second)).toEqual([]);
  });

  it('comes nearer by the calendar alone, at seven days and at one, although no session is held', async () => {
    const first = await createSyncWorld(enabled);
    first.imap.shows(certificate({ validTo: instantOf(first.scheduler.now() + 29 * DAY_MS) }));
    await days(first, 1);
    expect(told(first)).toEqual(['month']);
    const second = await first.restart({ active: false });
    await days(second, 20.9);
    expect(told(second)).toEqual([]);
    await days(second, 1);
    expect(told(second)).toEqual(['week']);
    const third = await second.restart({ active: false });
    await days(third, 6);
    expect(told(third)).toEqual(['day']);
    await days(third, 1);
    expect(told(third)).toEqual(['day', 'over']);
  });

  it('is not told of servers that Microsoft or Google renew themselves', async () => {
    const world = await createSyncWorld(enabled);
    const validTo = instantOf(world.scheduler.now() + 2 * DAY_MS);
    world.imap.shows(certificate({ host: 'imap.gmail.com', validTo }));
    world.graph.shows(certificate({ host: 'graph.contoso.test', validTo }));
    await world.engine.testAndEnable(idOf('olga'), by());
    await days(world, 1);
    expect(told(world)).toEqual([]);
  });
});

describe('a secret that will expire', () => {
  it('is told of the profile that signs in with it, and ends when another one stands in its place', async () => {
    const secretExpiresAt = '2027-01-10T00:00:00.000Z';
    const first = await createSyncWorld({ secretExpiresAt });
    await days(first, 17);
    expect(told(first)).toEqual([]);
    await days(first, 2);
    expect(told(first)).toEqual(['month']);
    const profileId = idOf<ProfileId>('exchange-online');
    expect(await first.engine.earlyWarnings({ by: 'profile', profileId })).toMatchObject([
      { at: secretExpiresAt, trouble: { kind: 'secret-expires', clientId: 'client' } },
    ]);
    const second = await first.restart({ secretExpiresAt: '2028-01-10T00:00:00.000Z' });
    expect(told(second)).toEqual(['ended']);
  });

  it('is told of each mailbox where the password is the mailbox’s own', async () => {
    const world = await createSyncWorld({
      credentialSource: 'mailbox',
      passwordExpiresAt: '2026-12-01T00:00:00.000Z',
    });
    const [warning] = await world.engine.earlyWarnings({ by: 'mailbox', mailboxId: ANNA });
    expect(warning).toMatchObject({ mailboxId: ANNA, level: 'month' });
    expect(warning?.trouble).toEqual({ kind: 'password-expires', userName: 'service' });
    expect(await world.engine.earlyWarnings({ by: 'profile', profileId: PROFILE })).toEqual([]);
    await days(world, 9);
    const [over] = await world.engine.earlyWarnings({ by: 'mailbox', mailboxId: ANNA });
    expect(over?.level).toBe('over');
  });
});

describe('a password of a mailbox’s own whose server says when it ends', () => {
  it('is told of the mailbox, comes nearer by the calendar, and ends with another password', async () => {
    const own = { ...enabled, credentialSource: 'mailbox' } as const;
    const first = await createSyncWorld(own);
    first.imap.passwordEnds('2026-12-10T08:00:00.000Z');
    await days(first, 0.5);
    expect(told(first)).toEqual(['month']);
    expect(await first.engine.earlyWarnings({ by: 'mailbox', mailboxId: ANNA })).toMatchObject([
      { mailboxId: ANNA, trouble: { kind: 'password-expires', userName: 'service' } },
    ]);
    const second = await first.restart({ ...own, active: false });
    await days(second, 10);
    expect(told(second)).toEqual(['week']);
    const third = await second.restart(own);
    third.imap.passwordEnds('2027-03-10T08:00:00.000Z');
    await days(third, 0.5);
    expect(told(third)).toEqual(['ended']);
  });
});

describe('an announced switch-off', () => {
  it('is told to those whom it meets, long before, and at each nearer level', async () => {
    const world = await createSyncWorld({ outgoingHost: 'smtp.office365.com' });
    expect(told(world)).toEqual(['ahead']);
    await days(world, 8);
    expect(told(world)).toEqual(['ahead', 'month']);
    const second = await world.restart({ outgoingHost: 'smtp.office365.com' });
    expect(told(second)).toEqual([]);
    const changed = await second.restart({ outgoingHost: 'mail.contoso.test' });
    expect(told(changed)).toEqual(['ended']);
  });

  it('is not told to others, nor after its day to who comes to it late', async () => {
    const others = await createSyncWorld();
    await days(others, 40);
    expect(told(others)).toEqual([]);
    const late = await others.restart({ outgoingHost: 'smtp.office365.com' });
    await days(late, 1);
    expect(told(late)).toEqual([]);
  });
});

describe('a mailbox that fills', () => {
  const storage = (used: number) => [{ resource: 'storage', used, allowed: 1_000 }] as const;

  it('is asked once a day, told from nine tenths on, and well again when there is room', async () => {
    const world = await createSyncWorld(enabled);
    world.imap.hasQuotas(storage(899));
    await days(world, 2.9);
    expect(world.imap.requests.filter(({ askQuota }) => askQuota)).toHaveLength(3);
    expect(world.imap.requests.length).toBeGreaterThan(300);
    expect(told(world)).toEqual([]);
    world.imap.hasQuotas(storage(900));
    await days(world, 1.5);
    expect(told(world)).toEqual(['near']);
    expect(await world.engine.earlyWarnings({ by: 'mailbox', mailboxId: ANNA })).toMatchObject([
      { mailboxId: ANNA, at: null, trouble: { quota: { used: 900, allowed: 1_000 } } },
    ]);
    world.imap.hasQuotas(storage(1_000));
    await world.scheduler.advance(70 * MINUTE_MS);
    expect(told(world)).toEqual(['near', 'reached']);
    world.imap.hasQuotas(storage(100));
    await world.scheduler.advance(70 * MINUTE_MS);
    expect(told(world)).toEqual(['near', 'reached', 'ended']);
  });
});
