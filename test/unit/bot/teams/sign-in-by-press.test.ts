import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import type { Person } from '../../../../services/domain/person.ts';
import { AppError } from '../../../../services/observability/index.ts';
import { mailboxById } from '../../../../services/sync-engine/index.ts';
import {
  anna,
  buttonOf,
  createBotWorld,
  globalAdmin,
  invokedCard,
  textsOf,
} from '../../../support/bot-world.ts';
import {
  CONNECTION,
  createSignInWorld,
  GLOBAL_ACCOUNT,
  type SignInWorld,
} from '../../../support/sign-in-world.ts';
import { message, teamsActivity } from '../../../support/teams-activity.ts';
import { unsignedToken } from '../../../support/token-service/unsigned-token.ts';

type Brought = { readonly authentication?: object; readonly state?: string };

interface Body {
  readonly statusCode: number;
  readonly type: string;
  readonly value: {
    readonly text: string;
    readonly connectionName: string;
    readonly tokenExchangeResource?: { readonly id: string; readonly uri: string };
    readonly buttons: readonly { readonly type: string; readonly value: string }[];
  };
}

/** The button that approves an address of Exchange Online, and presses of it. */
function approving(world: SignInWorld, locale = 'en-US') {
  return pressing(world, 'Ölga Åström', 'approve-email', locale);
}

async function pressing(world: SignInWorld, mailbox: string, verb: string, locale = 'en-US') {
  const [card] = await world.ask(message(globalAdmin, `status ${mailbox}`, { locale }));
  const { data } = buttonOf(card, verb);
  const press = async (brought: Brought = {}, by: Person = globalAdmin) => {
    const action = { type: 'Action.Execute', id: '', verb, data };
    const value = { action, trigger: 'manual', ...brought };
    const invoke = { type: 'invoke', name: 'adaptiveCard/action', replyToId: 'message-2', value };
    const answer = await world.post(teamsActivity(by, invoke, { locale }));
    return { ...answer, body: answer.body as Body };
  };
  return { press };
}

const silently = ({ tokens }: SignInWorld, objectId: string = globalAdmin.id): Brought => ({
  authentication: tokens.authentication(objectId),
});

const isApproved = async ({ services }: SignInWorld): Promise<boolean> =>
  (await mailboxById(services.engine, idOf('olga')))?.approval.state === 'approved';

describe('a button that Dynamics 365 wants a person for', () => {
  it('is answered, HTTP 200, with the documented login request for the client to sign in silently', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    const { status, body } = await press();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      statusCode: 401,
      type: 'application/vnd.microsoft.activity.loginRequest',
      value: {
        connectionName: CONNECTION,
        tokenExchangeResource: { uri: expect.stringContaining('api://botid-') as string },
        buttons: [{ type: 'signin', title: 'Sign in', text: 'Sign in' }],
      },
    });
    expect(body.value.text).toContain('Dynamics 365 wants to know');
    expect(await isApproved(world)).toBe(false);
  });

  it('is done, as who pressed it, when the client presses it again with its token', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    await press();
    const answer = await press(silently(world));
    expect(textsOf(invokedCard(answer))).toContain('Approved');
    expect(world.actedAs).toEqual([globalAdmin.id]);
    expect(await isApproved(world)).toBe(true);
  });

  it('asks nobody who has signed in before', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    await press(silently(world));
    const [card] = await world.ask(message(globalAdmin, 'test Ölga Åström'));
    expect(textsOf(card)).toContain('Ölga Åström');
    expect(world.actedAs).toEqual([globalAdmin.id, globalAdmin.id]);
  });

  it('has one effect when several clients press it again at once', async () => {
    const world = await createSignInWorld();
    const { press } = await pressing(world, 'Anna Ek', 'test-and-enable');
    await press();
    const brought = silently(world);
    await Promise.all([press(brought), press(brought), press(brought)]);
    expect(await world.services.store.find('testRuns')).toHaveLength(1);
    expect(await world.services.store.readAudit(9)).toMatchObject([
      { outcome: 'done' },
      { outcome: 'no-change', detail: 'sign-in-required' },
    ]);
  });

  it('is one approval in the audit, however often it is pressed', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    await press();
    const brought = silently(world);
    await Promise.all([press(brought), press(brought), press(brought)]);
    const told = (await world.services.store.readAudit(9)).map(({ outcome }) => outcome);
    expect(told).toEqual(['done', 'no-change']);
  });

  it('tells the client of a missing consent as documented, and is done with the code of the page', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    const { body: asked } = await press();
    world.tokens.fail('consent');
    const { status, body } = await press(silently(world));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      statusCode: 412,
      type: 'application/vnd.microsoft.error.preconditionFailed',
      value: { code: '412' },
    });
    expect(await isApproved(world)).toBe(false);
    const link = asked.value.buttons[0]?.value ?? '';
    const state = world.tokens.signInOnPage(link, globalAdmin.id);
    const answer = await press({ state });
    expect(textsOf(invokedCard(answer))).toContain('Approved');
    expect(world.actedAs).toEqual([globalAdmin.id]);
  });

  it('offers no silent sign-in where the connection has none', async () => {
    const world = await createSignInWorld({ service: { withoutExchange: true } });
    const { press } = await approving(world);
    const { body } = await press();
    expect(body.statusCode).toBe(401);
    // A member that is null makes Teams refuse the card.
    expect(Object.keys(body.value)).not.toContain('tokenExchangeResource');
    expect(body.value.buttons).toHaveLength(1);
  });
});

describe('somebody who is not signed in after all', () => {
  it.each([
    ['en-US', 'CancelledByUser', 'You have not signed in'],
    ['sv-SE', 'CancelledByUser', 'Du har inte loggat in'],
    ['en-US', '000000', 'This sign-in was not accepted'],
    ['sv-SE', '000000', 'Inloggningen godtogs inte'],
  ])(
    'in %s, by %s, reads what to do, and the card keeps its button',
    async (locale, state, text) => {
      const world = await createSignInWorld();
      const { press } = await approving(world, locale);
      await press();
      const { status, body } = await press({ state });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: expect.stringContaining(text) as string,
      });
      expect(await isApproved(world)).toBe(false);
      expect(world.tokens.hasSignedIn(GLOBAL_ACCOUNT)).toBe(false);
    },
  );

  it('because the sign-in was another person’s, changes nothing, and it is signed out', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    const { body: asked } = await press();
    const state = world.tokens.signInOnPage(asked.value.buttons[0]?.value ?? '', anna.id);
    const { body } = await press({ state });
    expect(body.value).toContain('another account than the one that you use in Teams');
    expect(world.actedAs).toEqual([]);
    expect(world.tokens.hasSignedIn(GLOBAL_ACCOUNT)).toBe(false);
    expect((await press()).body.statusCode).toBe(401);
  });

  it('because the client’s token was another person’s, changes nothing either', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    const { body } = await press(silently(world, anna.id));
    expect(body.value).toContain('another account');
    expect(world.actedAs).toEqual([]);
  });

  it('because somebody else came with the code, cannot act with it', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    const { body: asked } = await press();
    const state = world.tokens.signInOnPage(asked.value.buttons[0]?.value ?? '', globalAdmin.id);
    const { body } = await press({ state }, anna);
    expect(body.value).toContain('This sign-in was not accepted');
    expect(world.actedAs).toEqual([]);
  });

  it.each([
    [
      'for another organization',
      { aud: 'https://fabrikam.crm4.dynamics.com' },
      'another Dynamics 365 organization',
    ],
    ['that does not say whose it is', { oid: 7 }, 'whose sign-in it was'],
  ])('because the token is one %s, reads so', async (_, claims, text) => {
    const issue = (oid: string): string =>
      unsignedToken({ aud: 'https://contoso.crm4.dynamics.com/', oid, ...claims });
    const world = await createSignInWorld({ service: { issue } });
    const { press } = await approving(world);
    const { body } = await press(silently(world));
    expect(body.value).toContain(text);
    expect(world.actedAs).toEqual([]);
  });

  it('because what was kept has expired, is asked to sign in again', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    await press(silently(world));
    world.tokens.expire(GLOBAL_ACCOUNT);
    expect((await press()).body).toMatchObject({ statusCode: 401 });
  });

  it('because Dynamics 365 refuses the token, signs in anew, and reads so if that is refused too', async () => {
    const world = await createSignInWorld({
      refusing: async () => {
        throw new AppError('dynamics-person-refused', 'PATCH systemusers: 401');
      },
    });
    const { press } = await approving(world);
    await press({
      state: world.tokens.signInOnPage(
        (await press()).body.value.buttons[0]?.value ?? '',
        globalAdmin.id,
      ),
    });
    const { body } = await press();
    expect(body).toMatchObject({ statusCode: 401 });
    expect(world.tokens.hasSignedIn(GLOBAL_ACCOUNT)).toBe(false);
    const again = await press(silently(world));
    expect(textsOf(invokedCard(again))).toContain('Dynamics 365 does not accept your sign-in');
  });

  it('because the sign-in service is away, reads that nothing was changed', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    world.tokens.fail('everything');
    const answer = await press();
    expect(textsOf(invokedCard(answer))).toContain('Signing in does not work right now');
    // An invoke has five seconds: the SDK's own repetitions would take longer.
    expect(world.tokens.asked).toHaveLength(1);
  });

  it('because the token that is kept is another person’s, is asked to sign in, and it is gone', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    world.tokens.keep(GLOBAL_ACCOUNT, anna.id);
    expect((await press()).body.statusCode).toBe(401);
    expect(world.actedAs).toEqual([]);
    expect(world.tokens.hasSignedIn(GLOBAL_ACCOUNT)).toBe(false);
  });

  it('because the client names another connection, is asked as if it had brought nothing', async () => {
    const world = await createSignInWorld();
    const { press } = await approving(world);
    const token = world.tokens.clientToken(globalAdmin.id);
    const { body } = await press({ authentication: { id: 'x', connectionName: 'other', token } });
    expect(body.statusCode).toBe(401);
    expect(world.tokens.asked.map(({ what }) => what)).not.toContain('exchange');
  });
});

describe('where nobody can sign in', () => {
  const wanting = { approve: async () => ({ kind: 'sign-in-required' }) as const };

  it('an administrator reads which setting is missing', async () => {
    const world = await createBotWorld({ wrapEngine: (engine) => ({ ...engine, ...wanting }) });
    const [card] = await world.ask(message(globalAdmin, 'approve Ölga Åström'));
    expect(textsOf(card)).toContain('OAUTH_CONNECTION_NAME');
    expect(textsOf(card)).toContain('Nothing was changed');
  });

  it('a sign-in that arrives all the same is none of ours, and the button is answered', async () => {
    const world = await createBotWorld();
    const value = { state: '123456' };
    const verify = { type: 'invoke', name: 'signin/verifyState', value };
    expect(await world.post(teamsActivity(globalAdmin, verify))).toEqual({ status: 200 });
    expect(world.adapter.messages).toHaveLength(0);
  });
});

it('no token and no code is ever in the log, in the store or in the audit', async () => {
  const world = await createSignInWorld();
  const { press } = await approving(world);
  const { body: asked } = await press();
  const code = world.tokens.signInOnPage(asked.value.buttons[0]?.value ?? '', globalAdmin.id);
  await press({ state: code });
  await press(silently(world, anna.id));
  const { store } = world.services;
  const kept = await Promise.all([
    store.readAudit(100),
    store.find('signInWishes'),
    store.find('idempotency'),
    store.find('conversations'),
    store.find('cardCopies'),
  ]);
  const all = JSON.stringify([world.log.lines, kept]);
  expect(all).not.toContain(code);
  expect(all).not.toContain('not-signed');
});
