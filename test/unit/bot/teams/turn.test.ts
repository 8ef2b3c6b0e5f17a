import { describe, expect, it } from 'vitest';
import type { BotServices } from '../../../../bot/teams/index.ts';
import { AppError } from '../../../../services/observability/index.ts';
import { admin, anna, createBotWorld, invokedCard, textsOf } from '../../../support/bot-world.ts';
import { createRecordingLog } from '../../../support/recording-log.ts';
import { invoke, message, teamsActivity } from '../../../support/teams-activity.ts';

const OTHER_TENANT = '12121212-8888-4777-8666-555555555555';
const brokenKnowledge = ({ knowledge }: BotServices): Partial<BotServices> => ({
  knowledge: {
    ...knowledge,
    diagnose: async () => {
      throw new AppError('unexpected', 'the secret detail');
    },
  },
});

describe('who is answered', () => {
  it.each([
    ['of another tenant', message(anna, 'help', { tenant: OTHER_TENANT })],
    [
      'whose channel claims another tenant',
      message(anna, 'help', { over: { channelData: { tenant: { id: OTHER_TENANT } } } }),
    ],
    [
      'without a tenant',
      message(anna, 'help', {
        over: { channelData: {}, conversation: { id: 'a:anna', conversationType: 'personal' } },
      }),
    ],
    ['of another channel', message(anna, 'help', { over: { channelId: 'emulator' } })],
    [
      'whose replies should go elsewhere',
      message(anna, 'help', {
        over: { serviceUrl: 'https://smba.trafficmanager.net.evil.example/' },
      }),
    ],
    [
      'whose replies should go over plain HTTP',
      message(anna, 'help', { over: { serviceUrl: 'http://smba.trafficmanager.net/teams/' } }),
    ],
  ])('is nobody %s: nothing is sent and nothing is kept', async (_, activity) => {
    const { post, adapter, services } = await createBotWorld();
    expect(await post(activity)).toEqual({ status: 403 });
    expect(adapter.all).toHaveLength(0);
    expect(await services.store.find('conversations')).toHaveLength(0);
  });

  it('is each activity once, also when it comes twice at once', async () => {
    const { post, adapter } = await createBotWorld();
    const activity = message(anna, 'help');
    await Promise.all([post(activity), post(activity)]);
    await post(activity);
    expect(adapter.cards).toHaveLength(1);
  });

  it('is each activity once over a restart', async () => {
    const first = await createBotWorld();
    const activity = message(anna, 'help');
    await first.post(activity);
    const second = await createBotWorld({ over: () => ({ store: first.services.store }) });
    await second.post(activity);
    expect(second.adapter.cards).toHaveLength(0);
  });
});

describe('what breaks', () => {
  it('in a message becomes a card with the person’s words and the log’s trace id', async () => {
    const log = createRecordingLog();
    const { ask } = await createBotWorld({
      over: (services) => ({ ...brokenKnowledge(services), log }),
    });
    const [card] = await ask(message(anna, 'my very own words'));
    expect(textsOf(card)).toContain('my very own words');
    expect(textsOf(card)).not.toContain('secret detail');
    const line = log.lines.find(({ event }) => event === 'turn-failed');
    expect(textsOf(card)).toContain(String(line?.fields.traceId));
  });

  it('in a click becomes a card, HTTP 200', async () => {
    const { post } = await createBotWorld({
      over: ({ engine }) => ({
        engine: {
          ...engine,
          testAndEnable: async () => {
            throw new AppError('engine-unavailable', 'the secret detail');
          },
        },
      }),
    });
    const data = { v: 1, mailboxId: 'anna', pressKey: 'k' };
    const answer = await post(invoke(admin, { verb: 'test-and-enable', data }));
    expect(answer.status).toBe(200);
    expect(textsOf(invokedCard(answer))).toContain('The synchronization service does not answer');
    expect(JSON.stringify(answer)).not.toContain('secret detail');
  });

  it('in the store does not keep the articles from answering', async () => {
    const { ask, alert } = await createBotWorld({
      over: ({ store }) => ({
        store: {
          ...store,
          transact: async () => {
            throw new AppError('store-write-failed', 'disk full');
          },
        },
      }),
    });
    const [card] = await ask(message(anna, alert('bad-credentials', 'Anna Ek')));
    expect(textsOf(card)).toContain('anna.ek@contoso.test');
  });

  it('in the typing indicator is not noticed', async () => {
    const { ask, adapter } = await createBotWorld();
    adapter.refusals.push(Object.assign(new TypeError('no'), { statusCode: 403 }));
    const [card] = await ask(message(anna, 'help'));
    expect(textsOf(card)).toContain('What I can do');
  });

  it('in the channel for a moment is tried again, and answered once', async () => {
    const { ask, adapter } = await createBotWorld();
    adapter.refusals.push(null, Object.assign(new TypeError('busy'), { statusCode: 503 }));
    expect(await ask(message(anna, 'help'))).toHaveLength(1);
  });
});

describe('the language of an answer', () => {
  it('is the stored choice before anything else', async () => {
    const { ask } = await createBotWorld();
    const [chosen] = await ask(message(anna, 'language sv'));
    expect(chosen?.lang).toBe('sv');
    expect((await ask(message(anna, 'help')))[0]?.lang).toBe('sv');
    expect((await ask(message(anna, 'my mailboxes')))[0]?.lang).toBe('sv');
    expect((await ask(message(anna, 'language engelska')))[0]?.lang).toBe('en');
  });

  it('is the client’s, and English for clients of other languages', async () => {
    const { ask } = await createBotWorld();
    expect((await ask(message(anna, 'status', { locale: 'sv-SE' })))[0]?.lang).toBe('sv');
    expect((await ask(message(admin, 'status', { locale: 'nb-NO' })))[0]?.lang).toBe('en');
  });
});

describe('installing and removing the app', () => {
  const install = (action: string): Record<string, unknown> =>
    teamsActivity(anna, { type: 'installationUpdate', action });
  const joined = (): Record<string, unknown> =>
    teamsActivity(anna, { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] });

  it('is welcomed once, however Teams tells of it, and again after a removal', async () => {
    const { post, adapter, services } = await createBotWorld();
    await post(install('add'));
    await post(joined());
    expect(adapter.cards).toHaveLength(1);
    await post(install('remove'));
    expect(await services.store.get('conversations', 'a:anna')).toMatchObject({
      state: 'uninstalled',
    });
    await post(install('add'));
    expect(adapter.cards).toHaveLength(2);
  });

  it('greets nobody when other people join', async () => {
    const { post, adapter } = await createBotWorld();
    await post(
      teamsActivity(
        anna,
        { type: 'conversationUpdate', membersAdded: [{ id: '29:olga' }] },
        { scope: 'channel' },
      ),
    );
    expect(adapter.all).toHaveLength(0);
  });
});

describe('what people send instead of text', () => {
  const FILE = 'application/vnd.microsoft.teams.file.download.info';
  const sent = (name: string): Record<string, unknown> =>
    teamsActivity(anna, {
      type: 'message',
      attachments: [
        { contentType: FILE, name, content: { downloadUrl: 'https://contoso.sharepoint.com/x' } },
      ],
    });

  it('is read when it is a saved message with an alert in it', async () => {
    const plainWorld = await createBotWorld();
    const bytes = new TextEncoder().encode(
      `From: a@contoso.test\r\nSubject: alert\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${plainWorld.alert('bad-credentials', 'Anna Ek')}`,
    );
    const { ask } = await createBotWorld({ over: () => ({ download: async () => bytes }) });
    const [card] = await ask(sent('alert.eml'));
    expect(textsOf(card)).toContain('anna.ek@contoso.test');
  });

  it.each(['alert.exe', 'alert.eml', 'picture.png'])('gets advice when it is %s', async (name) => {
    const { ask } = await createBotWorld({ over: () => ({ download: async () => null }) });
    const [card] = await ask(sent(name));
    expect(textsOf(card)).toContain(name);
  });

  it('gets advice when it is a pasted picture', async () => {
    const { ask } = await createBotWorld();
    const attachments = [
      { contentType: 'image/*', contentUrl: 'https://smba.trafficmanager.net/x' },
    ];
    expect(await ask(teamsActivity(anna, { type: 'message', attachments }))).toHaveLength(1);
  });
});
