import { afterEach, beforeEach, expect, it } from 'vitest';
import { secretOf } from '../../../services/observability/index.ts';
import type { Webhook } from '../../support/dataverse/webhooks.ts';
import { type DoctorWorld, READER, startDoctorWorld } from '../../support/doctor-world.ts';

let world: DoctorWorld;
beforeEach(async () => {
  world = await startDoctorWorld();
  world.reader([
    ...READER,
    'prvReadServiceEndpoint',
    'prvReadSdkMessageProcessingStep',
    'prvReadSdkMessage',
  ]);
});
afterEach(() => world.stop());

const webhookKey = secretOf('a key of thirty-two characters or more');
const found = async () => (await world.examine({ engine: { webhookKey } })).of('webhook');

const registered: Webhook = {
  url: new URL('https://bot.example/api/dynamics'),
  table: 'mailbox',
  message: 'Update',
  filteringAttributes: ['statecode'],
  key: { kind: 'HttpHeader', name: 'x-key', value: 'secret' },
};

it('is not missed where changes are only asked for', async () => {
  expect((await world.examine()).of('webhook').outcome).toBe('ok');
});

it('tells where it posts to, for a person to see whether that is this bot', async () => {
  world.organization.webhooks.register(registered);
  const { outcome, found: said } = await found();
  expect([outcome, said.en]).toEqual([
    'ok',
    'Update of mailbox is posted to bot.example/api/dynamics. Is that this bot?',
  ]);
});

it('is missed where a key is set and nothing posts', async () => {
  expect((await found()).found.en).toContain('no webhook has a step on Update of mailbox');
});

it('is warned of where it would post everything, or while Dynamics 365 waits', async () => {
  const { url, table, message, key } = registered;
  world.organization.webhooks.register({ url, table, message, key });
  expect((await found()).found.en).toContain('names no columns');
  const [step] = world.organization.rows('sdkmessageprocessingstep');
  world.organization.change('sdkmessageprocessingstep', step?.id ?? '', { mode: 0 });
  expect((await found()).found.en).toContain('synchronous');
  world.organization.change('sdkmessageprocessingstep', step?.id ?? '', {
    statecode: 1,
    statuscode: 2,
  });
  expect((await found()).found.en).toContain('is disabled');
});

it('is warned of where the key could be read on its way', async () => {
  const url = new URL('http://bot.example/api/dynamics');
  world.organization.webhooks.register({ ...registered, url });
  expect((await found()).found.en).toContain('is not https');
});

it('is not checked by an application user that may not see webhooks', async () => {
  world.reader(READER);
  const { outcome, found: said } = await found();
  expect(outcome).toBe('not-checked');
  expect(said.en).toContain('prvReadServiceEndpoint');
});
