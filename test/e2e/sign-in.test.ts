import { afterAll, beforeAll, expect, it } from 'vitest';
import { anna, buttonOf, globalAdmin, textsOf } from '../support/bot-world.ts';
import { GLOBAL_ACCOUNT } from '../support/sign-in-world.ts';
import { cardOf } from './support/activities.ts';
import type { SentActivity } from './support/loopback-cloud.ts';
import {
  type SigningBot,
  type SigningCloud,
  startSigningBot,
  startSigningCloud,
} from './support/signing-bot.ts';

let cloud: SigningCloud;

beforeAll(async () => {
  cloud = await startSigningCloud();
});

afterAll(() => cloud.cloud.stop());

interface Login {
  readonly statusCode: number;
  readonly type: string;
  readonly value: {
    readonly tokenExchangeResource?: { readonly uri: string };
    readonly buttons: readonly { readonly value: string }[];
  };
}

const isCard = ({ body }: SentActivity): boolean => cardOf(body) !== null;
const oauthCardOf = ({ body }: SentActivity): Login['value'] | undefined =>
  (
    body.attachments as readonly { contentType: string; content: Login['value'] }[] | undefined
  )?.find(({ contentType }) => contentType === 'application/vnd.microsoft.card.oauth')?.content;

/** Shows the mailbox and gives presses of its approve button, as Teams posts them. */
async function approving(bot: SigningBot) {
  await bot.post(globalAdmin, { type: 'message', text: 'status Ölga Åström' });
  const shown = await bot.sent(isCard);
  const { verb, data } = buttonOf(cardOf(shown.body), 'approve-email');
  return async (brought: object = {}) => {
    const value = { action: { type: 'Action.Execute', id: '', verb, data }, ...brought };
    const invoke = { type: 'invoke', name: 'adaptiveCard/action', replyToId: shown.id, value };
    const { status, body } = await bot.post(globalAdmin, invoke);
    expect(status).toBe(200);
    return body as Login;
  };
}

const authentication = ({ tokens }: SigningBot, objectId: string = globalAdmin.id): object =>
  tokens.authentication(objectId);

const linkIn = ({ value }: Pick<Login, 'value'>): string => value.buttons[0]?.value ?? '';

it('a button is pressed again by the client, which signs its person in silently', async () => {
  const bot = await startSigningBot(cloud);
  const press = await approving(bot);
  const asked = await press();
  expect(asked.type).toBe('application/vnd.microsoft.activity.loginRequest');
  expect(asked.value.tokenExchangeResource?.uri).toMatch(/^api:\/\/botid-/);
  expect(await bot.isApproved()).toBe(false);
  const done = await press({ authentication: authentication(bot) });
  expect(textsOf(done.value)).toContain('Approved');
  expect(bot.actedAs).toEqual([globalAdmin.id]);
});

it('a missing consent is told to the client, and the code of the page does what was wanted', async () => {
  const bot = await startSigningBot(cloud);
  const press = await approving(bot);
  const asked = await press();
  bot.tokens.fail('consent');
  const { statusCode, type } = await press({ authentication: authentication(bot) });
  expect([statusCode, type]).toEqual([412, 'application/vnd.microsoft.error.preconditionFailed']);
  const state = bot.tokens.signInOnPage(linkIn(asked), globalAdmin.id);
  expect(textsOf((await press({ state })).value)).toContain('Approved');
  expect(await bot.isApproved()).toBe(true);
});

it('a closed window changes nothing, and the button stays', async () => {
  const bot = await startSigningBot(cloud);
  const press = await approving(bot);
  await press();
  const { type, value } = await press({ state: 'CancelledByUser' });
  expect(type).toBe('application/vnd.microsoft.activity.message');
  expect(value).toContain('Press the button again');
  expect(await bot.isApproved()).toBe(false);
});

it('a sign-in that has expired is asked for again', async () => {
  const bot = await startSigningBot(cloud);
  const press = await approving(bot);
  await press({ authentication: authentication(bot) });
  bot.tokens.expire(GLOBAL_ACCOUNT);
  expect(await press()).toMatchObject({ statusCode: 401 });
});

it('somebody else’s token acts for nobody, and neither it nor a code is in the log', async () => {
  const bot = await startSigningBot(cloud);
  const press = await approving(bot);
  const state = bot.tokens.signInOnPage(linkIn(await press()), anna.id);
  expect((await press({ state })).value).toContain('another account');
  expect((await press({ authentication: authentication(bot, anna.id) })).value).toContain(
    'another account',
  );
  expect(bot.actedAs).toEqual([]);
  expect(bot.tokens.hasSignedIn(GLOBAL_ACCOUNT)).toBe(false);
  const logged = JSON.stringify(bot.log.lines);
  expect(logged).toContain('another-person');
  expect(logged).not.toContain(state);
  expect(logged).not.toContain('not-signed');
});

it('a command is done after the exchange, as a message of its own', async () => {
  const bot = await startSigningBot(cloud);
  await bot.post(globalAdmin, { type: 'message', text: 'approve Ölga Åström' });
  const asked = await bot.sent((one) => oauthCardOf(one) !== undefined);
  expect(oauthCardOf(asked)?.tokenExchangeResource?.uri).toMatch(/^api:\/\/botid-/);
  const exchange = { type: 'invoke', name: 'signin/tokenExchange', value: authentication(bot) };
  expect((await bot.post(globalAdmin, exchange)).status).toBe(200);
  const done = await bot.sent(isCard);
  expect(textsOf(cardOf(done.body))).toContain('Approved');
  expect(done.authorization).toBe('Bearer bot-token');
});

it('a button whose answer comes late asks to sign in by a message, and is done after that', async () => {
  const bot = await startSigningBot(cloud);
  const press = await approving(bot);
  const release = bot.hold();
  expect((await press()).value).toContain('I am working on it');
  release();
  const asked = await bot.sent((one) => oauthCardOf(one) !== undefined);
  expect(oauthCardOf(asked)?.buttons).toHaveLength(1);
  const exchange = { type: 'invoke', name: 'signin/tokenExchange', value: authentication(bot) };
  await bot.post(globalAdmin, exchange);
  const done = await bot.sent((one) => one.method === 'PUT' && isCard(one));
  expect(textsOf(cardOf(done.body))).toContain('Approved');
  expect(bot.actedAs).toEqual([globalAdmin.id]);
});
