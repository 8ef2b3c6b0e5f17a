import { describe, expect, it, onTestFinished } from 'vitest';
import { WEBHOOK_HEADER, WEBHOOK_PATH } from '../../../../bot/http/dynamics-webhook.ts';
import { createHttpServer } from '../../../../bot/http/server.ts';
import { secretOf } from '../../../../services/observability/index.ts';
import { silentLog } from '../../../support/silent-log.ts';

const KEY = 'a key of thirty-two characters or more';

async function started(isOn = true) {
  const taken: unknown[] = [];
  const take = (body: unknown) => {
    taken.push(body);
    return typeof body === 'object' ? 'taken' : 'not-understood';
  };
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    messages: async () => ({ status: 200 }),
    ready: () => true,
    metrics: async () => ({}),
    metricsToken: null,
    webhook: isOn ? { key: secretOf(KEY), take } : null,
    loopbackOnly: false,
  });
  const { url } = await server.start();
  onTestFinished(() => server.stop());
  const post = async (headers: Record<string, string> = {}, query = '', body = '{"a":1}') => {
    const response = await fetch(`${url}${WEBHOOK_PATH}${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, body: await response.text() };
  };
  return { post, taken };
}

describe('the webhook of Dynamics 365', () => {
  it('is heard with the key in the header, or as code in the address', async () => {
    const { post, taken } = await started();
    expect(await post({ [WEBHOOK_HEADER]: KEY })).toEqual({ status: 204, body: '' });
    expect((await post({}, `?code=${encodeURIComponent(KEY)}`)).status).toBe(204);
    expect(taken).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it.each([
    ['without a key', {}, ''],
    ['with another key', { [WEBHOOK_HEADER]: `${KEY}!` }, ''],
    ['with the beginning of the key', { [WEBHOOK_HEADER]: KEY.slice(0, 10) }, ''],
    ['with an empty code', {}, '?code='],
  ])('is not heard %s, and told nothing', async (_name, headers, query) => {
    const { post, taken } = await started();
    expect(await post(headers as Record<string, string>, query)).toEqual({ status: 401, body: '' });
    expect(taken).toEqual([]);
  });

  it('is not there where no key is set', async () => {
    const { post } = await started(false);
    expect((await post({ [WEBHOOK_HEADER]: KEY })).status).toBe(404);
  });
});
