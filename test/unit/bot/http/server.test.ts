import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpServer, type HttpServerOptions } from '../../../../bot/http/server.ts';
import { secretOf } from '../../../../services/observability/index.ts';
import { silentLog } from '../../../support/silent-log.ts';

async function started(over: Partial<HttpServerOptions> = {}): Promise<string> {
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    messages: async () => ({ status: 200 }),
    ready: () => true,
    metrics: async () => ({ turns: 3 }),
    metricsToken: null,
    webhook: null,
    loopbackOnly: false,
    ...over,
  });
  const { url } = await server.start();
  onTestFinished(() => server.stop());
  return url;
}

async function post(
  url: string,
  body: string,
  contentType = 'application/json',
): Promise<{ readonly status: number; readonly body: string }> {
  const headers = { 'content-type': contentType };
  const response = await fetch(`${url}/api/messages`, { method: 'POST', headers, body });
  return { status: response.status, body: await response.text() };
}

describe('POST /api/messages', () => {
  it('hands on the token and the body, and gives the answer back', async () => {
    const seen: unknown[] = [];
    const url = await started({
      messages: async (authorization, body) => {
        seen.push(authorization, body);
        return { status: 200, body: { statusCode: 200 } };
      },
    });
    expect(await post(url, '{"type":"invoke"}')).toEqual({
      status: 200,
      body: '{"statusCode":200}',
    });
    expect(seen).toEqual(['', { type: 'invoke' }]);
  });

  it.each([
    ['JSON that is broken', '{"type":', 'application/json', 400],
    ['more than 2 MB', `{"text":"${'x'.repeat(2_200_000)}"}`, 'application/json', 413],
    ['anything but JSON', 'type=message', 'application/x-www-form-urlencoded', 415],
  ])('refuses %s with an empty body', async (_, body, contentType, status) => {
    expect(await post(await started(), body, contentType)).toEqual({ status, body: '' });
  });

  it('tells nothing of what breaks', async () => {
    const url = await started({
      messages: async () => {
        throw new TypeError('the secret detail');
      },
    });
    expect(await post(url, '{}')).toEqual({ status: 500, body: '' });
  });

  it('lets what follows wait until the caller has the answer', async () => {
    let release: () => void = () => undefined;
    const followed = new Promise<void>((resolve) => {
      release = resolve;
    });
    const url = await started({
      // Would hang for good if the answer waited for it.
      messages: async () => ({ status: 200, afterFlush: () => followed }),
    });
    expect((await post(url, '{}')).status).toBe(200);
    release();
  });
});

describe('other addresses', () => {
  it('say whether the program lives and is ready', async () => {
    const url = await started({ ready: () => false });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${await started()}/readyz`)).status).toBe(200);
  });

  it('give counts to this machine', async () => {
    const response = await fetch(`${await started()}/metrics`);
    expect(await response.text()).toContain('mailbox_medic_turns 3\n');
  });

  it('give counts to nobody through a proxy, except who has the token', async () => {
    const url = await started({ metricsToken: secretOf('token') });
    const asked = async (authorization: string): Promise<number> => {
      const headers = { 'x-forwarded-for': '203.0.113.5', authorization };
      return (await fetch(`${url}/metrics`, { headers })).status;
    };
    expect(await asked('')).toBe(403);
    expect(await asked('Bearer tokem')).toBe(403);
    expect(await asked('Bearer token')).toBe(200);
  });

  it('are empty 404 and 405', async () => {
    const url = await started();
    const missing = await fetch(`${url}/nothing`);
    expect([missing.status, await missing.text()]).toEqual([404, '']);
    expect((await fetch(`${url}/api/messages`)).status).toBe(405);
  });

  it('of the demo answer no other Host than loopback', async () => {
    const url = await started({ loopbackOnly: true });
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request(`${url}/healthz`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await statusFor('evil.example')).toBe(403);
    expect(await statusFor('127.0.0.1.evil.example:80')).toBe(403);
    expect(await statusFor('localhost:3978')).toBe(200);
  });
});

describe('starting', () => {
  it('on a port that is taken says which', async () => {
    const port = Number(new URL(await started()).port);
    await expect(started({ port })).rejects.toMatchObject({
      code: 'port-in-use',
      detail: `127.0.0.1:${port}`,
    });
  });
});
