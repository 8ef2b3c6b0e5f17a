import { describe, expect, it } from 'vitest';
import { idOf, type MailboxId, type ProfileId } from '../../../../services/domain/ids.ts';
import type { ProfileChange } from '../../../../services/domain/set-up-change.ts';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import { PORT_REFUSED } from '../../../support/scripted-probe.ts';
import { ANNA, by, createSyncWorld, type SyncWorld } from '../../../support/sync-world.ts';

const IMAP = idOf<ProfileId>('imap');
const EXCHANGE = idOf<ProfileId>('exchange-server');
const ELLA = idOf<MailboxId>('ella');
const OLGA = idOf<MailboxId>('olga');
const HOST = 'mail.contoso.test';
const URL_OF_EWS = 'https://mail.contoso.test/EWS/Exchange.asmx';

const endpoint = (over: Partial<Extract<ProfileChange, { kind: 'set-endpoint' }>> = {}) =>
  ({
    kind: 'set-endpoint',
    side: 'incoming',
    host: HOST,
    port: 143,
    tls: 'starttls',
    ...over,
  }) as const;

async function changed(world: SyncWorld, profileId: ProfileId, change: ProfileChange) {
  const answer = await world.engine.changeProfile(profileId, change, by());
  if (answer.kind !== 'changed') throw new TypeError(JSON.stringify(answer));
  return answer;
}

const imapOf = async ({ engine }: SyncWorld) => (await engine.profile(IMAP))?.incoming;
const partsOf = async ({ engine }: SyncWorld, id = ANNA) =>
  (await engine.setUpChanges(id)).map(({ part, overruledAt }) => [part, overruledAt !== null]);

describe('a changed endpoint', () => {
  it('is what the next test and the next cycle turn to', async () => {
    const world = await createSyncWorld({ enabled: ['incoming'] });
    await changed(world, IMAP, endpoint());
    await world.tested();
    expect(world.imap.requests.at(-1)?.endpoint).toEqual({
      protocol: 'imap',
      host: HOST,
      port: 143,
      tls: 'starttls',
    });
    await changed(world, IMAP, endpoint({ port: 1143 }));
    const before = world.imap.requests.length;
    await world.scheduler.advance(12 * MINUTE_MS);
    expect(world.imap.requests.length).toBeGreaterThan(before);
    expect(world.imap.requests.at(-1)?.endpoint.port).toBe(1143);
  });

  it('enables no mailbox, and leaves the other side as it is', async () => {
    const world = await createSyncWorld();
    const answer = await changed(world, IMAP, endpoint());
    expect(answer).toMatchObject({ mailboxCount: 3, warnings: [] });
    expect(answer.after.outgoing).toEqual(answer.before.outgoing);
    expect((await world.mailbox()).directions.incoming.enabled).toBe(false);
    expect(world.eventsOf('profile-changed')).toMatchObject([
      { mailboxId: 'anna', profileId: 'imap', part: 'incoming', by: 'admin' },
    ]);
  });

  it('is there after a restart, and gone after it was undone', async () => {
    const world = await createSyncWorld();
    await changed(world, IMAP, endpoint());
    const again = await world.restart();
    expect(await imapOf(again)).toMatchObject({ port: 143, tls: 'starttls' });
    await changed(again, IMAP, { kind: 'undo', part: 'incoming' });
    expect(await imapOf(again)).toMatchObject({ port: 993, tls: 'implicit' });
    expect(await imapOf(await again.restart())).toMatchObject({ port: 993 });
    expect(await partsOf(again)).toEqual([]);
  });

  it('gives way when the file names another value, which is said until somebody takes note', async () => {
    const world = await createSyncWorld();
    await changed(world, IMAP, endpoint());
    const edited = await world.restart({ imapPort: 1993 });
    expect(await imapOf(edited)).toMatchObject({ port: 1993, tls: 'implicit' });
    expect(await partsOf(edited)).toEqual([['incoming', true]]);
    expect(edited.eventsOf('profile-changed')).toMatchObject([{ part: 'incoming', by: null }]);
    // Said once, and the change does not come back when the file does.
    const third = await edited.restart();
    expect(third.eventsOf('profile-changed')).toEqual([]);
    expect(await imapOf(third)).toMatchObject({ port: 993 });
    await third.engine.changeProfile(IMAP, { kind: 'undo', part: 'incoming' }, by());
    expect(await partsOf(third)).toEqual([]);
  });

  it('overruled by the file, is forgotten without a change of the profile', async () => {
    const world = await createSyncWorld();
    await changed(world, IMAP, endpoint());
    const edited = await world.restart({ imapPort: 1993 });
    await edited.engine.forgetOverruled(IMAP, 'incoming', by());
    expect(await partsOf(edited)).toEqual([]);
    expect(await imapOf(edited)).toMatchObject({ port: 1993 });
    expect(await edited.engine.forgetOverruled(idOf('nowhere'), 'incoming', by())).toEqual({
      kind: 'not-found',
    });
  });

  it('is told once of two presses at once', async () => {
    const world = await createSyncWorld();
    const answers = await Promise.all(
      [by(), by()].map((press) => world.engine.changeProfile(IMAP, endpoint(), press)),
    );
    expect(answers.map(({ kind }) => kind)).toEqual(['changed', 'unchanged']);
    expect(world.eventsOf('profile-changed')).toHaveLength(1);
  });

  it('ends quietly when the file has taken it over', async () => {
    const world = await createSyncWorld();
    await changed(world, IMAP, endpoint({ port: 1993, tls: 'implicit' }));
    const edited = await world.restart({ imapPort: 1993 });
    expect(await imapOf(edited)).toMatchObject({ port: 1993 });
    expect(await partsOf(edited)).toEqual([]);
    expect(edited.eventsOf('profile-changed')).toEqual([]);
  });

  it.each([
    ['a host that is none', { host: 'mail contoso' }, 'malformed', 'profile-location-settings'],
    ['the engine’s own machine', { host: '127.0.0.1' }, 'own-machine', 'profile-location-settings'],
    ['a metadata service', { host: '169.254.169.254' }, 'own-machine', 'profile-location-settings'],
    ['another service’s port', { port: 22 }, 'port-of-others', 'server-location-or-port-wrong'],
  ] as const)('%s is refused', async (_, over, because, topic) => {
    const world = await createSyncWorld();
    const answer = await world.engine.changeProfile(IMAP, endpoint(over), by());
    expect(answer).toEqual({ kind: 'not-allowed', because, topic });
    expect(await imapOf(world)).toMatchObject({ port: 993 });
    expect(world.events).toEqual([]);
  });

  it('may be on a host that the file has not named; then the engine’s own machine is not asked', async () => {
    const world = await createSyncWorld();
    await world.tested();
    expect(world.imap.requests.at(-1)?.onlyOtherMachines).toBe(false);
    await changed(world, IMAP, endpoint({ host: '10.1.2.3' }));
    await world.tested();
    expect(world.imap.requests.at(-1)?.onlyOtherMachines).toBe(true);
  });

  it('of a service that Microsoft does not support there is refused with the article', async () => {
    const world = await createSyncWorld({ exchangeLocation: null });
    const answer = await world.engine.changeProfile(
      IMAP,
      endpoint({ host: 'outlook.office365.com', port: 993, tls: 'implicit' }),
      by(),
    );
    expect(answer).toMatchObject({
      kind: 'unsupported',
      reason: { rule: 'exchange-online-credentials', topic: 'exchange-online-setup' },
    });
  });

  it('that is not recommended is made, and warned of', async () => {
    const world = await createSyncWorld();
    const answer = await changed(
      world,
      IMAP,
      endpoint({ host: 'imap.gmail.com', port: 993, tls: 'implicit' }),
    );
    expect(answer.warnings.map(({ rule }) => rule)).toEqual(['not-listed']);
  });
});

describe('the location of an Exchange server', () => {
  it('is fixed, which ends Auto Discover, and searched for again', async () => {
    const world = await createSyncWorld({ exchangeLocation: null });
    await changed(world, EXCHANGE, { kind: 'fix-location', url: URL_OF_EWS });
    expect(await world.engine.profile(EXCHANGE)).toMatchObject({
      autodiscover: false,
      location: URL_OF_EWS,
      incoming: { protocol: 'ews', host: HOST, port: 443, tls: 'implicit' },
    });
    await world.tested(ELLA);
    expect(world.ews.requests.at(-1)?.exchange).toMatchObject({ url: URL_OF_EWS });
    await changed(world, EXCHANGE, { kind: 'search-location' });
    const searched = await world.engine.profile(EXCHANGE);
    expect(searched).toMatchObject({ autodiscover: true });
    expect(searched).not.toHaveProperty('location');
    await world.tested(ELLA);
    expect(world.ews.requests.at(-1)?.exchange).toMatchObject({ url: null });
    expect(await partsOf(world, ELLA)).toEqual([]);
  });

  it.each([
    ['without TLS', 'http://mail.contoso.test/EWS/Exchange.asmx', 'malformed'],
    ['with a password in it', 'https://a:b@mail.contoso.test/EWS/Exchange.asmx', 'malformed'],
    ['with a query', 'https://mail.contoso.test/EWS/Exchange.asmx?x=1', 'malformed'],
    ['that is none', 'mail.contoso.test', 'malformed'],
    ['of a file', 'file:///etc/passwd', 'malformed'],
    ['of the engine’s own machine', 'https://localhost/EWS/Exchange.asmx', 'own-machine'],
    ['of a metadata service', 'https://169.254.169.254/latest', 'own-machine'],
    ['spelled as a number', 'https://2130706433/', 'own-machine'],
    ['on another service’s port', 'https://mail.contoso.test:22/', 'port-of-others'],
  ])('an address %s is refused', async (_, url, because) => {
    const world = await createSyncWorld({ exchangeLocation: null });
    const answer = await world.engine.changeProfile(EXCHANGE, { kind: 'fix-location', url }, by());
    expect(answer).toMatchObject({ kind: 'not-allowed', because });
    expect((await world.engine.profile(EXCHANGE))?.autodiscover).toBe(true);
  });

  it('without TLS may be left for one with TLS, and never come back by a button', async () => {
    const world = await createSyncWorld({
      exchangeLocation: 'http://mail.contoso.test/EWS/Exchange.asmx',
      insecureChannels: true,
    });
    await changed(world, EXCHANGE, { kind: 'fix-location', url: URL_OF_EWS });
    const undo = { kind: 'undo', part: 'location' } as const;
    expect(await world.engine.changeProfile(EXCHANGE, undo, by())).toEqual({
      kind: 'not-allowed',
      because: 'less-secure',
      topic: 'insecure-credentials',
    });
    expect((await world.engine.profile(EXCHANGE))?.incoming.tls).toBe('implicit');
  });

  it('of Exchange Online is not fixed', async () => {
    const world = await createSyncWorld();
    const online = idOf<ProfileId>('exchange-online');
    const wish = { kind: 'fix-location', url: URL_OF_EWS } as const;
    expect(await world.engine.changeProfile(online, wish, by())).toMatchObject({
      kind: 'not-allowed',
      because: 'other-server-type',
    });
  });
});

describe('the method of appointments, contacts and tasks', () => {
  it('set to none ends what was wrong with the direction, and nothing asks for it any more', async () => {
    const world = await createSyncWorld({ exchangeLocation: URL_OF_EWS });
    world.ews.fails({ ...PORT_REFUSED, nature: 'permanent' });
    await world.tested(ELLA);
    const alertsOfAct = async () =>
      (await world.engine.openAlerts(ELLA)).filter(({ direction }) => direction === 'act');
    expect(await alertsOfAct()).toHaveLength(1);
    await world.engine.changeActMethod(ELLA, 'none', by());
    expect(await alertsOfAct()).toEqual([]);
    expect((await world.mailbox(ELLA)).directions.act).toMatchObject({
      method: 'none',
      enabled: false,
      status: 'not-run',
      disabledAt: null,
      lastFailure: null,
    });
    const before = world.ews.requests.length;
    await world.scheduler.advance(60 * MINUTE_MS);
    const later = world.ews.requests.slice(before);
    expect(later.length).toBeGreaterThan(0);
    expect(later.every((request) => !('direction' in request) || request.direction !== 'act')).toBe(
      true,
    );
    const run = await world.tested(ELLA);
    expect(run.results.act).toEqual({
      outcome: 'skipped',
      because: 'not-synchronized-by-server',
    });
  });

  it('begins anew once of two presses at once', async () => {
    const world = await createSyncWorld({ exchangeLocation: URL_OF_EWS });
    const answers = await Promise.all(
      [by(), by()].map((press) => world.engine.changeActMethod(ELLA, 'none', press)),
    );
    expect(answers.map(({ kind }) => kind)).toEqual(['changed', 'unchanged']);
    expect(world.eventsOf('method-changed')).toHaveLength(1);
  });

  it('changed while it is being tested, the direction is not enabled by that test', async () => {
    const world = await createSyncWorld({ exchangeLocation: URL_OF_EWS });
    const started = await world.engine.testAndEnable(ELLA, by());
    if (started.kind !== 'started') throw new TypeError(started.kind);
    world.ews.answers(() => null);
    await world.engine.changeActMethod(ELLA, 'none', by());
    await world.finished(started.testRunId);
    expect((await world.mailbox(ELLA)).directions.act.enabled).toBe(false);
  });

  it('gives way to the file, and is said to have', async () => {
    const world = await createSyncWorld({ act: 'server-side-synchronization' });
    await world.engine.changeActMethod(ANNA, 'none', by());
    const edited = await world.restart({ act: 'outlook' });
    expect((await edited.mailbox()).directions.act.method).toBe('outlook');
    expect(await partsOf(edited)).toEqual([['act', true]]);
    expect(edited.eventsOf('method-changed')).toMatchObject([{ method: 'outlook', by: null }]);
  });

  it('stays over a restart', async () => {
    const world = await createSyncWorld();
    await world.engine.changeActMethod(OLGA, 'none', by());
    const again = await world.restart();
    expect((await again.mailbox(OLGA)).directions.act.method).toBe('none');
    expect(await partsOf(again, OLGA)).toEqual([['act', false]]);
  });

  it('of a queue is not synchronized', async () => {
    const world = await createSyncWorld({ kind: 'queue' });
    const answer = await world.engine.changeActMethod(ANNA, 'server-side-synchronization', by());
    expect(answer.kind).toBe('unsupported');
  });
});
