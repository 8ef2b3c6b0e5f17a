import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type DataverseWorld,
  type Reply,
  startDataverseWorld,
} from '../../support/dataverse-world.ts';

let world: DataverseWorld;
let path: string;
beforeEach(async () => {
  world = await startDataverseWorld();
  path = `/api/data/v9.2/mailboxes(${world.mailbox.id})`;
});
afterEach(() => world.stop());

const HEAD = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary'];
const part = (request: string, body?: unknown, id?: number): string[] => [
  ...HEAD,
  ...(id === undefined ? [] : [`Content-ID: ${id}`]),
  '',
  `${request} HTTP/1.1`,
  ...(body === undefined ? [] : ['Content-Type: application/json']),
  '',
  ...(body === undefined ? [] : [JSON.stringify(body)]),
];
const multipart = (boundary: string, parts: string[][]): string[] => [
  ...parts.flatMap((lines) => [`--${boundary}`, ...lines]),
  `--${boundary}--`,
  '',
];
const changeSet = (...parts: string[][]): string[] => [
  'Content-Type: multipart/mixed; boundary="changeset_1"',
  '',
  ...multipart('changeset_1', parts),
];
const batch = (parts: string[][], headers = {}, end = '\r\n'): Promise<Reply> =>
  world.ask('POST', '$batch', {
    headers: { 'content-type': 'multipart/mixed; boundary="batch_1"', ...headers },
    body: multipart('batch_1', parts).join(end),
  });
const statuses = ({ text }: Reply): string[] =>
  [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status ?? '');

describe('a batch', () => {
  it('runs requests in their order, later ones seeing earlier ones', async () => {
    const reply = await batch([
      part(`PATCH ${path}`, { username: 'b' }),
      part(`GET ${path}?$select=username`),
    ]);
    expect([reply.status, statuses(reply)]).toEqual([200, ['204', '200']]);
    expect(reply.headers.get('content-type')).toMatch(/^multipart\/mixed; boundary=batchresponse_/);
    expect(reply.text).toContain('"username":"b"');
  });

  it('stops at the first that fails, unless it is to go on', async () => {
    const parts = [part('GET /api/data/v9.2/nosuch'), part(`PATCH ${path}`, { username: 'b' })];
    const stopped = await batch(parts);
    expect([stopped.status, statuses(stopped), world.now('username')]).toEqual([
      400,
      ['404'],
      null,
    ]);
    const whole = await batch(parts, { prefer: 'odata.continue-on-error' });
    expect([whole.status, statuses(whole), world.now('username')]).toEqual([
      200,
      ['404', '204'],
      'b',
    ]);
  });

  it('takes whole addresses and encoded filters', async () => {
    const url = `${world.organization.url}/api/data/v9.2/mailboxes`;
    const reply = await batch([part(`GET ${url}?$filter=contains(name,%27berit%27)&$count=true`)]);
    expect(reply.text).toContain('"@odata.count":1');
  });
});

describe('a change set', () => {
  it('is done as a whole', async () => {
    const reply = await batch([
      changeSet(
        part(`PATCH ${path}`, { username: 'b' }, 1),
        part('POST /api/data/v9.2/mailboxes', { name: 'new' }, 2),
      ),
    ]);
    expect(statuses(reply)).toEqual(['204', '204']);
    expect(reply.text).toMatch(/Content-ID: 1\r\n[\s\S]+Content-ID: 2\r\n/);
    expect(world.organization.rows('mailbox')).toHaveLength(2);
  });

  it('is undone as a whole when one of it fails', async () => {
    const reply = await batch([
      changeSet(
        part(`PATCH ${path}`, { username: 'b' }, 1),
        part(`PATCH ${path}`, { actdeliverymethod: 9 }, 2),
      ),
    ]);
    expect([reply.status, statuses(reply)]).toEqual([400, ['400']]);
    expect(reply.text).toContain('0x8004431a');
    expect(world.now('username')).toBeNull();
  });

  it('is refused with a GET, without Content-ID, or with a reference', async () => {
    const get = await batch([changeSet(part(`GET ${path}`, undefined, 1))]);
    expect(get.text).toContain('GET is not allowed within a change set');
    const bare = await batch([changeSet(part(`PATCH ${path}`, { username: 'b' }))]);
    expect(bare.text).toContain('Content-ID header is not present');
    const refers = { 'emailserverprofile@odata.bind': '$1' };
    const linked = await batch([changeSet(part(`PATCH ${path}`, refers, 2))]);
    expect(statuses(linked)).toEqual(['501']);
    expect(world.now('username')).toBeNull();
  });
});

describe('a batch is refused', () => {
  it('with other line ends than CRLF', async () => {
    const { status, error } = await batch([part(`GET ${path}`)], {}, '\n');
    expect([status, error.code]).toEqual([400, '0x80048d19']);
  });

  it('with a batch in it', async () => {
    expect((await batch([part('POST /api/data/v9.2/$batch', {})])).text).toContain(
      'cannot contain another batch',
    );
  });

  it('with more than a thousand requests', async () => {
    const parts = Array.from({ length: 1001 }, () => part(`GET ${path}`));
    expect((await batch(parts)).status).toBe(400);
  });

  it('without its boundary, its end or its types', async () => {
    const plain = { 'content-type': 'application/json' };
    expect((await batch([part(`GET ${path}`)], plain)).status).toBe(400);
    expect((await batch([['Content-Type: text/plain', '', 'x']])).status).toBe(400);
    expect((await batch([[...HEAD, '', 'nonsense', '']])).status).toBe(400);
    const headers = { 'content-type': 'multipart/mixed; boundary=batch_1' };
    const body = ['--batch_1', ...part(`GET ${path}`)].join('\r\n');
    expect((await world.ask('POST', '$batch', { headers, body })).status).toBe(400);
  });
});
