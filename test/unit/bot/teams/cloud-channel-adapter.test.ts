import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CloudChannelAdapter, createAuthentication } from '../../../../bot/teams/index.ts';
import { muteConsoleErrors } from '../../../../bot/teams/quiet-console.ts';
import { secretOf } from '../../../../services/observability/index.ts';
import { anna } from '../../../support/bot-world.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { message } from '../../../support/teams-activity.ts';

const production = {
  appId: '11111111-2222-4333-8444-555555555555',
  appType: 'SingleTenant',
  tenantId: '99999999-8888-4777-8666-555555555555',
  password: secretOf('a client secret'),
  allowedTenants: ['99999999-8888-4777-8666-555555555555'],
} as const;

async function connectorAnswering(
  answer: (response: ServerResponse) => void,
): Promise<{ readonly url: string; readonly posts: string[] }> {
  const posts: string[] = [];
  const server = createServer((request, response) => {
    posts.push(request.url ?? '');
    request.resume().on('end', () => answer(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, posts };
}

const withoutAuthentication = (): CloudChannelAdapter =>
  new CloudChannelAdapter({
    authentication: new ConfigurationBotFrameworkAuthentication({}),
    appId: '',
    log: silentLog,
  });

describe('the Bot Framework’s adapter', () => {
  it.each([500, 503])(
    'sends once where the channel answers %i: a repetition might be seen twice',
    async (status) => {
      const { url, posts } = await connectorAnswering((response) =>
        response.writeHead(status).end(),
      );
      const adapter = withoutAuthentication();
      const body = message(anna, 'help', { over: { serviceUrl: url } });
      let thrown: unknown;
      await adapter.receive({ authorization: '', body }, async (context) => {
        thrown = await context.sendActivity('hello').catch((error: unknown) => error);
      });
      expect(posts).toHaveLength(1);
      expect(thrown).toMatchObject({ statusCode: status });
    },
  );

  it('sends once in a conversation that it continues', async () => {
    const { url, posts } = await connectorAnswering((response) => response.writeHead(502).end());
    const reference = { serviceUrl: url, channelId: 'msteams', conversation: { id: 'a:1' } };
    await expect(
      withoutAuthentication().resume(reference as never, async (context) => {
        await context.sendActivity('hello');
      }),
    ).rejects.toMatchObject({ statusCode: 502 });
    expect(posts).toHaveLength(1);
  });

  it.each([null, [], 'text', {}, { type: 5 }, { type: 'message' }])(
    'refuses %j as no activity',
    async (body) => {
      const answer = await withoutAuthentication().receive(
        { authorization: '', body },
        async () => {
          throw new TypeError('no turn may run');
        },
      );
      expect(answer).toEqual({ status: 400 });
    },
  );

  it('in production refuses who brings no token, without a body and without a turn', async () => {
    const adapter = new CloudChannelAdapter({
      authentication: createAuthentication(production),
      appId: production.appId,
      log: silentLog,
    });
    let turns = 0;
    for (const authorization of ['', 'Basic abc', 'Bearer abc', 'Bearer a.b.c']) {
      const answer = await adapter.receive(
        { authorization, body: message(anna, 'help') },
        async () => {
          turns += 1;
        },
      );
      expect(answer).toEqual({ status: 401 });
    }
    expect(turns).toBe(0);
  });

  it('cannot be made for production without an app id', () => {
    expect(() => createAuthentication({ ...production, appId: ' ' })).toThrow('MicrosoftAppId');
  });

  it('answers 500 without a body when a turn breaks', async () => {
    const answer = await withoutAuthentication().receive(
      { authorization: '', body: message(anna, 'help') },
      async () => {
        throw new TypeError('the secret detail');
      },
    );
    expect(answer).toEqual({ status: 500 });
  });
});

describe('a quiet console', () => {
  it('drops what is printed inside, and only that', async () => {
    const printed: unknown[] = [];
    const target = { error: (...data: unknown[]) => void printed.push(data[0]) };
    const quietly = muteConsoleErrors(target);
    await Promise.all([
      quietly(async () => {
        await Promise.resolve();
        target.error('inside');
      }),
      (async () => {
        await Promise.resolve();
        target.error('outside');
      })(),
    ]);
    expect(printed).toEqual(['outside']);
  });
});
