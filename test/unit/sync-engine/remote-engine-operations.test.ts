import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Article } from '../../../services/domain/article.ts';
import { idOf } from '../../../services/domain/ids.ts';
import { secretOf } from '../../../services/observability/index.ts';
import {
  createRemoteEngine,
  WIRE_HEADER,
  WIRE_VERSION,
} from '../../../services/sync-engine/index.ts';
import { createFakeScheduler } from '../../support/fake-scheduler.ts';
import { createMemoryStore } from '../../support/memory-store.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { createRemoteEngineWorld, ENGINE_KEY, QUICK } from '../../support/remote-engine-world.ts';
import { silentLog } from '../../support/silent-log.ts';
import { ANNA, by } from '../../support/sync-world.ts';

const OLGA = idOf<typeof ANNA>('olga');
const alert = (id: string, raisedFor: Article['raisedFor']): Article =>
  ({ id, kind: 'alert', raisedFor }) as unknown as Article;

/** An engine of some version, or something that is none. */
async function askAnswerer(status: number, version: string | null): Promise<unknown> {
  const server = createServer((_request, response) => {
    if (version !== null) response.setHeader(WIRE_HEADER, version);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end('{"result":[],"newestEvent":null}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const engine = createRemoteEngine({
    url: new URL(`http://127.0.0.1:${String(port)}`),
    key: secretOf(ENGINE_KEY),
    store: createMemoryStore({ clock: createFakeScheduler() }),
    log: silentLog,
    articles: () => [],
    timing: QUICK,
  });
  return engine.openAlerts(ANNA).catch((thrown: unknown) => thrown);
}

describe('a bot and an engine of different versions', () => {
  it.each([
    ['a newer engine', 426, String(WIRE_VERSION + 1), 'update the bot'],
    ['a newer engine that answers', 200, String(WIRE_VERSION + 1), 'update the bot'],
    ['an older engine', 426, String(WIRE_VERSION - 1), 'update the engine'],
    ['an engine from before versions were said', 200, null, 'update the engine'],
    ['an engine that lacks the question', 404, String(WIRE_VERSION), 'to the same release'],
  ])('are told apart: %s', async (_, status, version, remedy) => {
    expect(await askAnswerer(status, version)).toMatchObject({
      code: 'engine-version',
      detail: expect.stringContaining(remedy) as string,
    });
  });

  it('take a proxy without an engine behind it for trouble that passes', async () => {
    expect(await askAnswerer(502, null)).toMatchObject({ code: 'engine-unavailable' });
  });

  it('are refused by the engine, which says so in its log', async () => {
    const log = createRecordingLog();
    const { lines } = log;
    const world = await createRemoteEngineWorld({}, log);
    onTestFinished(() => world.stop());
    const answer = await fetch(new URL('/engine/v1/openAlerts', world.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${ENGINE_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ arguments: ['anna'] }),
    });
    expect([answer.status, answer.headers.get(WIRE_HEADER)]).toEqual([426, String(WIRE_VERSION)]);
    expect(lines.map(({ event }) => event)).toContain('bot-of-another-version');
  });
});

describe('an engine of its own process', () => {
  it('raises alerts by the articles of its bot: at the start, as edited, and after a restart', async () => {
    const first = [alert('bad-credentials', ['credentials-rejected']), alert('no-reason', [])];
    let articles = first;
    const world = await createRemoteEngineWorld({
      articles: () => articles,
      timing: { ...QUICK, listenMs: 20 },
    });
    onTestFinished(() => world.stop());
    const told = () => world.toldAlerts().map(({ id, raisedFor }) => [id, ...raisedFor]);
    await expect.poll(told).toEqual([['bad-credentials', 'credentials-rejected']]);
    articles = [alert('locked-out', ['credentials-rejected', 'account-disabled'])];
    await expect.poll(told).toEqual([['locked-out', 'credentials-rejected', 'account-disabled']]);
    await world.stopBot();
    await world.stopEngine();
    await world.startEngine();
    expect(told()).toEqual([['locked-out', 'credentials-rejected', 'account-disabled']]);
  });

  it('keeps who did what and what came of it, in its log and in its own audit', async () => {
    const log = createRecordingLog();
    const { lines } = log;
    const world = await createRemoteEngineWorld({}, log);
    onTestFinished(() => world.stop());
    await world.remote.approve(OLGA, by('gustav'));
    await world.remote.submit(
      { mailboxId: ANNA, subject: 'Offer', to: ['a@b.test'], text: 'Hello' },
      by('karin'),
    );
    await world.remote.testAndEnable(idOf('loner'), by('anna'));
    await world.remote.openAlerts(ANNA);
    const kept = (await world.engineStore.readAudit(10)).toReversed();
    expect(
      kept.map(({ actor, subject, outcome, detail }) => [actor, subject, outcome, detail]),
    ).toEqual([
      ['gustav', 'olga', 'done', 'approve: approved'],
      ['karin', 'anna', 'done', 'submit: pending'],
      ['anna', 'loner', 'denied', 'testAndEnable: profile-missing'],
    ]);
    expect(lines.filter(({ event }) => event === 'engine-action')).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain('Offer');
  });

  it('says that it is alive and ready, and how much waits, without the key', async () => {
    const world = await createRemoteEngineWorld();
    onTestFinished(() => world.stop());
    await world.remote.approve(OLGA, by());
    await world.stopBot();
    await world.remote.reject(OLGA, by());
    const read = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(new URL(path, world.url), { headers });
      return [response.status, await response.text()] as const;
    };
    expect(await read('/healthz')).toEqual([200, '{"status":"alive"}']);
    expect(await read('/readyz')).toEqual([200, '{"status":"ready"}']);
    const [status, text] = await read('/metrics');
    expect(status).toBe(200);
    expect(text).toContain('mailbox_medic_events_superseded 0\n');
    expect(text).toMatch(/mailbox_medic_events_waiting [12]\n/u);
    // Through a proxy anybody could ask.
    const [refused] = await read('/metrics', { 'x-forwarded-for': '192.0.2.1' });
    expect(refused).toBe(403);
  });
});
