import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebApi } from '../../../../services/sync-engine/dataverse/create-web-api.ts';
import type { Asking, WebApi } from '../../../../services/sync-engine/dataverse/web-api.ts';
import { createTransport } from '../../../../services/sync-engine/dataverse/web-api-transport.ts';
import { asPerson, dataverseApi, inBackground } from '../../../support/dataverse-api.ts';
import { type DataverseWorld, startDataverseWorld } from '../../../support/dataverse-world.ts';
import { createFakeScheduler, type FakeScheduler } from '../../../support/fake-scheduler.ts';
import { createRecordingLog } from '../../../support/recording-log.ts';
import {
  passingTime,
  type ScriptedAnswer,
  scriptedTransport,
} from '../../../support/scripted-transport.ts';
import { silentLog } from '../../../support/silent-log.ts';

const ID = '11111111-2222-4333-8444-555555555555';
const BASE = 'https://contoso.crm4.dynamics.com/api/data/v9.2/';
const QUERY = { select: ['name'] };

let clock: FakeScheduler;
beforeEach(() => {
  clock = createFakeScheduler();
});

interface Tried {
  readonly api: WebApi;
  readonly asked: readonly {
    readonly url: URL;
    readonly headers: Readonly<Record<string, string>>;
  }[];
  readonly refusedTokens: readonly (string | undefined)[];
}

function apiAnswering(...answers: readonly (ScriptedAnswer | string)[]): Tried {
  const { transport, asked } = scriptedTransport(answers);
  const refusedTokens: (string | undefined)[] = [];
  const api = createWebApi({
    url: new URL('https://contoso.crm4.dynamics.com'),
    tokens: {
      async token(_signal, refused) {
        refusedTokens.push(refused);
        return `token ${refusedTokens.length}`;
      },
    },
    scheduler: clock,
    log: silentLog,
    transport,
  });
  return { api, asked, refusedTokens };
}

const tooMany = (headers: Readonly<Record<string, string>> = {}): ScriptedAnswer => ({
  status: 429,
  headers,
  json: { error: { code: '0x80072322', message: 'Number of requests exceeded' } },
});
const good = { json: { value: [{ name: 'a' }] } };
const read = ({ api }: Tried, asking: Asking = asPerson()) => api.list('mailboxes', QUERY, asking);
const codeOf = (result: PromiseSettledResult<unknown>): unknown =>
  result.status === 'rejected' ? (result.reason as { code: unknown }).code : 'no error';

describe('a busy organization', () => {
  it('is asked again when it said, in seconds or as a date', async () => {
    const tried = apiAnswering(tooMany({ 'retry-after': '7' }), good);
    const { result, ms } = await passingTime(clock, read(tried));
    expect([result.status, ms]).toEqual(['fulfilled', 7_000]);
    const at = new Date(clock.now() + 12_000).toUTCString();
    const again = apiAnswering(tooMany({ 'retry-after': at }), good);
    expect((await passingTime(clock, read(again))).ms).toBe(12_000);
  });

  it('that does not say when is asked after 2, 4, 8 and 16 seconds; a person is told earlier', async () => {
    const tried = apiAnswering(tooMany());
    const { result, ms } = await passingTime(clock, read(tried, inBackground()));
    expect([codeOf(result), ms, tried.asked.length]).toEqual(['dynamics-busy', 30_000, 5]);
    const person = apiAnswering({ status: 503 });
    const told = await passingTime(clock, read(person));
    expect([codeOf(told.result), told.ms]).toEqual(['dynamics-unreachable', 6_000]);
  });

  it('that asks for more patience than a person has is told at once', async () => {
    const tried = apiAnswering(tooMany({ 'retry-after': '120' }), good);
    const { result, ms } = await passingTime(clock, read(tried));
    expect([codeOf(result), ms]).toEqual(['dynamics-busy', 0]);
    expect(codeOf((await passingTime(clock, read(tried))).result)).toBe('dynamics-busy');
    expect(tried.asked.length).toBe(1);
    const later = await passingTime(clock, read(tried, inBackground()));
    expect([later.result.status, later.ms]).toEqual(['fulfilled', 120_000]);
  });

  it('keeps everybody waiting, not only whom it turned away', async () => {
    const tried = apiAnswering(tooMany({ 'retry-after': '20' }), good);
    const first = read(tried, inBackground());
    await new Promise(setImmediate);
    const { ms } = await passingTime(clock, read(tried));
    expect(ms).toBe(20_000);
    await passingTime(clock, first);
    expect(tried.asked.length).toBe(3);
  });

  it('is left alone when whoever asked gives up', async () => {
    const giveUp = new AbortController();
    const tried = apiAnswering(tooMany({ 'retry-after': '20' }), good);
    const asked = read(tried, asPerson(giveUp.signal));
    await new Promise(setImmediate);
    giveUp.abort();
    await expect(asked).rejects.toMatchObject({ code: 'dynamics-busy' });
    expect([tried.asked.length, clock.waiting()]).toEqual([1, 0]);
  });

  it('has not made a new row, which is therefore sent again', async () => {
    const made = { status: 204, headers: { 'odata-entityid': `${BASE}queues(${ID})` } };
    const tried = apiAnswering(tooMany(), made);
    const { result } = await passingTime(clock, tried.api.create('queues', {}, asPerson()));
    expect(result).toMatchObject({ value: { kind: 'done', id: ID } });
  });
});

describe('a network that fails', () => {
  it.each([
    // Usually a connection that was closed while nobody used it.
    ['ECONNRESET', 1_500],
    [{ status: 503, text: '<html>Service Unavailable</html>' }, 6_000],
  ] as const)('with %j is tried again', async (trouble, within) => {
    const tried = apiAnswering(trouble, trouble, good);
    const { result, ms } = await passingTime(clock, read(tried), 100);
    expect([result.status, ms]).toEqual(['fulfilled', within]);
  });

  it('for good is told with what it said', async () => {
    const { result } = await passingTime(clock, read(apiAnswering('ENOTFOUND')));
    expect(result).toMatchObject({
      reason: { code: 'dynamics-unreachable', detail: 'GET mailboxes: ENOTFOUND' },
    });
  });

  it('does not have a new row made twice', async () => {
    const tried = apiAnswering('ECONNRESET');
    const { result } = await passingTime(clock, tried.api.create('queues', {}, asPerson()));
    expect([codeOf(result), tried.asked.length]).toEqual(['dynamics-unreachable', 1]);
  });

  it('has a change sent again, but takes 500 for the word of Dynamics 365 on it', async () => {
    const tried = apiAnswering('ECONNRESET', { status: 204 });
    const { result } = await passingTime(
      clock,
      tried.api.update('mailboxes', ID, { name: 'x' }, asPerson()),
    );
    expect(result).toMatchObject({ value: { kind: 'done' } });
    const json = { error: { code: '0x80040265', message: 'ISV code aborted the operation.' } };
    const refused = apiAnswering({ status: 500, json });
    expect(await refused.api.update('mailboxes', ID, {}, asPerson())).toEqual({
      kind: 'refused',
      status: 500,
      ...json.error,
    });
  });
});

describe('a token that is refused', () => {
  it('is replaced once', async () => {
    const tried = apiAnswering({ status: 401 }, good);
    expect(await read(tried)).toEqual([{ name: 'a' }]);
    expect(tried.refusedTokens).toEqual([undefined, 'token 1']);
    expect(tried.asked.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token 1',
      'Bearer token 2',
    ]);
  });

  it('twice is told, and so is a person’s whose token stays the same', async () => {
    const tried = apiAnswering({ status: 401 });
    await expect(read(tried)).rejects.toMatchObject({ code: 'dynamics-sign-in-refused' });
    expect(tried.asked.length).toBe(2);
    const person = { ...asPerson(), as: async () => 'mine' };
    await expect(read(tried, person)).rejects.toMatchObject({ code: 'dynamics-person-refused' });
    expect(tried.asked.length).toBe(3);
  });
});

describe('the set of a table that no page names', () => {
  const setOf = ({ api }: Tried) => api.setOf('mailboxstatistics', asPerson());

  it('is asked for once', async () => {
    const tried = apiAnswering({ json: { EntitySetName: 'mailboxstatisticsset' } });
    expect([await setOf(tried), await setOf(tried)]).toEqual([
      'mailboxstatisticsset',
      'mailboxstatisticsset',
    ]);
    expect(tried.asked.map(({ url }) => url.href)).toEqual([
      `${BASE}EntityDefinitions(LogicalName='mailboxstatistics')?$select=EntitySetName`,
    ]);
  });

  it('is taken to be named like the table where that may not be read, or is no name', async () => {
    for (const answer of [{ status: 403 }, { json: { EntitySetName: '../systemusers' } }]) {
      expect(await setOf(apiAnswering(answer))).toBe('mailboxstatistics');
    }
  });

  it('is asked for again when there was no answer', async () => {
    const tried = apiAnswering({ status: 400 }, { json: { EntitySetName: 'stats' } });
    await expect(setOf(tried)).rejects.toMatchObject({ code: 'dynamics-unexpected' });
    expect(await setOf(tried)).toBe('stats');
  });
});

describe('a link in an answer', () => {
  it.each([
    'https://evil.example/api/data/v9.2/mailboxes?$skiptoken=1',
    '//evil.example/api/data/v9.2/mailboxes',
    'http://contoso.crm4.dynamics.com/api/data/v9.2/mailboxes',
    'https://contoso.crm4.dynamics.com:444/api/data/v9.2/mailboxes',
    'https://a:b@contoso.crm4.dynamics.com/api/data/v9.2/mailboxes',
    `${BASE}systemusers?$skiptoken=1`,
    `${BASE}../../admin`,
    'not\u0000a link',
    17,
  ])('to %j is not followed', async (link) => {
    const tried = apiAnswering({ json: { value: [{ name: 'a' }], '@odata.nextLink': link } });
    await expect(read(tried)).rejects.toMatchObject({ code: 'dynamics-unexpected' });
    expect(tried.asked.length).toBe(1);
    const json = { value: [], '@odata.deltaLink': link };
    const changes = apiAnswering({ json }).api.changes('mailboxes', ['name'], null, asPerson());
    await expect(changes).rejects.toMatchObject({ code: 'dynamics-unexpected' });
  });

  it('is followed to the next page of the same rows', async () => {
    const next = `${BASE}mailboxes?$select=name&$skiptoken=2`;
    const tried = apiAnswering({ json: { value: [{ name: 'a' }], '@odata.nextLink': next } }, good);
    expect(await read(tried)).toHaveLength(2);
    expect(tried.asked[1]?.url.href).toBe(next);
  });

  it('that goes round in a circle comes to an end', async () => {
    const next = `${BASE}mailboxes?$skiptoken=2`;
    const tried = apiAnswering({ json: { value: [], '@odata.nextLink': next } });
    await expect(read(tried)).rejects.toMatchObject({ code: 'dynamics-unexpected' });
    expect(tried.asked.length).toBe(400);
  });
});

describe('an answer that is none', () => {
  it.each([
    [{ text: '<html>Sign in</html>' }],
    [{ json: { value: 'rows' } }],
    [{ json: [] }],
    [{ status: 302, headers: { location: 'https://login.example' } }],
    [{ status: 404, text: '<html>No such site</html>' }],
  ])('is a broken machine: %j', async (answer) => {
    await expect(read(apiAnswering(answer))).rejects.toMatchObject({ code: 'dynamics-unexpected' });
    const { api } = apiAnswering(answer);
    const row = api.get('mailboxes', ID, QUERY, asPerson());
    if ('json' in answer && !Array.isArray(answer.json)) await expect(row).resolves.toBeDefined();
    else await expect(row).rejects.toMatchObject({ code: 'dynamics-unexpected' });
  });

  it('to a change is not taken for a refusal by Dynamics 365', async () => {
    const { api } = apiAnswering({ status: 403, text: '<html>Blocked by the proxy</html>' });
    const written = api.update('mailboxes', ID, {}, asPerson());
    await expect(written).rejects.toMatchObject({ code: 'dynamics-not-permitted' });
  });

  it('longer than any is broken off', async () => {
    const server = createServer((_, response) => response.end('x'.repeat(3_000_000)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const request = { method: 'GET', url, headers: {} } as const;
    const { signal } = new AbortController();
    await expect(createTransport(clock, 1_000_000)(request, signal)).rejects.toMatchObject({
      code: 'dynamics-unexpected',
    });
    const whole = await createTransport(clock, 3_000_000)(request, signal);
    expect(typeof whole === 'string' ? whole : whole.text.length).toBe(3_000_000);
    server.closeAllConnections();
    server.close();
  });
});

describe('a batch', () => {
  const CRLF = '\r\n';
  const answering = (...parts: readonly string[]): ScriptedAnswer => ({
    headers: { 'content-type': 'multipart/mixed; boundary=b1' },
    text: `${parts
      .map((part) => `--b1${CRLF}Content-Type: application/http${CRLF}${CRLF}${part}${CRLF}`)
      .join('')}--b1--${CRLF}`,
  });
  const found = (name: string): string =>
    `HTTP/1.1 200 OK${CRLF}OData-Version: 4.0${CRLF}${CRLF}{"name":"${name}"}`;
  const failed = (status: number, code: string): string =>
    `HTTP/1.1 ${status} Error${CRLF}${CRLF}{"error":{"code":"${code}","message":"no"}}`;
  const two = [ID, ID].map((id) => ({ set: 'mailboxes', id, query: QUERY }));

  it('says of a part that is not there that it is not, and reads the others', async () => {
    const { api } = apiAnswering(answering(failed(404, '0x80040217'), found('--b1')));
    expect(await api.batch(two, asPerson())).toEqual([undefined, { name: '--b1' }]);
  });

  it('with a part that is refused gives no half answer', async () => {
    const { api } = apiAnswering(answering(found('a'), failed(403, '0x80042f09')));
    await expect(api.batch(two, asPerson())).rejects.toMatchObject({
      code: 'dynamics-not-permitted',
    });
  });

  it.each([
    ['a part too few', answering(found('a'))],
    ['no end', { ...answering(found('a'), found('b')), text: `--b1${CRLF}${CRLF}${found('a')}` }],
    ['no boundary', { ...answering(found('a'), found('b')), headers: {} }],
    ['a part that is no answer', answering(found('a'), 'hello')],
  ])('that has %s is a broken machine', async (_, answer) => {
    const asked = apiAnswering(answer).api.batch(two, asPerson());
    await expect(asked).rejects.toMatchObject({ code: 'dynamics-unexpected' });
  });

  it('of many rows goes in several', async () => {
    const world = await startDataverseWorld();
    const api = dataverseApi(world);
    const ids = Array.from({ length: 450 }, () => world.mailbox.id);
    const rows = await api.batch(
      ids.map((id) => ({ set: 'mailboxes', id, query: QUERY })),
      asPerson(),
    );
    expect([rows.length, new Set(rows.map((row) => row?.name)).size]).toEqual([450, 1]);
    expect(world.organization.seen.length).toBe(3);
    await world.stop();
  });
});

describe('with the fake organization', () => {
  let world: DataverseWorld;
  beforeEach(async () => {
    world = await startDataverseWorld();
  });
  afterEach(() => world.stop());

  it('a token that ended in between is replaced without anybody noticing', async () => {
    let token = world.organization.token(world.application, 60_000);
    const api = dataverseApi(world, {
      tokens: {
        async token(_signal, refused) {
          if (refused === token) token = world.organization.token(world.application);
          return token;
        },
      },
    });
    expect(await api.list('mailboxes', QUERY, asPerson())).toHaveLength(1);
    await world.clock.advance(61_000);
    expect(await api.list('mailboxes', QUERY, asPerson())).toHaveLength(1);
    expect(world.organization.seen.map(({ userId }) => userId)).toEqual([
      world.application.userId,
      undefined,
      world.application.userId,
    ]);
  });

  it('a change whose answer was lost is sent again, and is still one change', async () => {
    const { organization, mailbox } = world;
    const log = createRecordingLog();
    organization.faults.add({ fault: { kind: 'cut', after: 'the-work' }, method: 'PATCH' });
    const api = dataverseApi(world, { log });
    const changed = api.update('mailboxes', mailbox.id, { name: 'b' }, asPerson());
    while (log.lines.length === 0) await new Promise(setImmediate);
    expect(log.lines).toMatchObject([{ event: 'dynamics-asked-again', fields: { waitMs: 500 } }]);
    await world.clock.advance(500);
    expect(await changed).toEqual({ kind: 'done', id: mailbox.id });
    expect(organization.seen.map(({ method }) => method)).toEqual(['PATCH', 'PATCH']);
    expect(world.now('name')).toBe('b');
  });
});

it('the token goes to no address that is not Dynamics 365’s', () => {
  const options = { tokens: { token: async () => '' }, scheduler: clock, log: silentLog };
  for (const url of ['https://evil.example', 'http://contoso.crm4.dynamics.com']) {
    expect(() => createWebApi({ ...options, url: new URL(url) })).toThrow(/DATAVERSE_URL/);
  }
});
