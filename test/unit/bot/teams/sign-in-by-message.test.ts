import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../services/domain/ids.ts';
import type { Person } from '../../../../services/domain/person.ts';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import { AppError } from '../../../../services/observability/index.ts';
import { mailboxById } from '../../../../services/sync-engine/index.ts';
import {
  anna,
  buttonOf,
  createBotWorld,
  globalAdmin,
  textsOf,
} from '../../../support/bot-world.ts';
import { cardsOf } from '../../../support/recording-adapter.ts';
import {
  CONNECTION,
  createSignInWorld,
  GLOBAL_ACCOUNT,
  type SignInWorld,
} from '../../../support/sign-in-world.ts';
import { type ActivityOptions, message, teamsActivity } from '../../../support/teams-activity.ts';
import { unsignedToken } from '../../../support/token-service/unsigned-token.ts';

interface OAuthCard {
  readonly text: string;
  readonly connectionName: string;
  readonly tokenExchangeResource?: { readonly id: string };
  readonly buttons: readonly { readonly type: string; readonly value: string }[];
}

/** Cards to sign in by. */
function signInCards({ adapter }: SignInWorld): readonly OAuthCard[] {
  return adapter.messages
    .flatMap(({ activity }) => activity.attachments ?? [])
    .filter(({ contentType }) => contentType === 'application/vnd.microsoft.card.oauth')
    .map(({ content }) => content as OAuthCard);
}

const lastOf = (world: SignInWorld): OAuthCard => {
  const last = signInCards(world).at(-1);
  if (last === undefined) throw new TypeError('nobody was asked to sign in');
  return last;
};

const saysLast = ({ adapter }: SignInWorld): string => {
  const { activity } = adapter.messages.at(-1) ?? {};
  return activity?.text ?? textsOf(cardsOf(activity ?? {}));
};

const client =
  (world: SignInWorld, options?: ActivityOptions) =>
  (name: string, value: object, who: Person = globalAdmin) =>
    world.post(teamsActivity(who, { type: 'invoke', name, value }, options));

const exchangeOf = ({ tokens }: SignInWorld): Record<'id', string> =>
  tokens.authentication(globalAdmin.id);

const isApproved = async ({ services }: SignInWorld): Promise<boolean> =>
  (await mailboxById(services.engine, idOf('olga')))?.approval.state === 'approved';

async function approving(options?: ActivityOptions) {
  const world = await createSignInWorld();
  await world.post(message(globalAdmin, 'approve Ölga Åström', options));
  return { world, tells: client(world, options) };
}

describe('a command that Dynamics 365 wants a person for', () => {
  it('is answered with a card by which the client signs in silently, and nothing is done', async () => {
    const { world } = await approving();
    expect(lastOf(world)).toMatchObject({
      connectionName: CONNECTION,
      tokenExchangeResource: { uri: expect.stringContaining('api://botid-') as string },
      buttons: [{ type: 'signin', title: 'Sign in', text: 'Sign in' }],
    });
    expect(await isApproved(world)).toBe(false);
  });

  it('is done when the client has the token exchanged; its answer does not wait for that', async () => {
    const { world, tells } = await approving();
    expect(await tells('signin/tokenExchange', exchangeOf(world))).toEqual({ status: 200 });
    expect(saysLast(world)).toContain('Approved');
    expect(world.actedAs).toEqual([globalAdmin.id]);
  });

  it('is done once, whatever number of clients exchange', async () => {
    const { world, tells } = await approving();
    const value = exchangeOf(world);
    const answers = await Promise.all([1, 2, 3].map(() => tells('signin/tokenExchange', value)));
    expect(answers).toEqual([{ status: 200 }, { status: 200 }, { status: 200 }]);
    expect(world.actedAs).toEqual([globalAdmin.id]);
    expect(world.adapter.messages).toHaveLength(2);
  });

  it('is done by another instance, or after a restart', async () => {
    const { world } = await approving();
    const other = await createSignInWorld({ over: () => ({ store: world.services.store }) });
    await client(other)('signin/tokenExchange', exchangeOf(other));
    expect(await isApproved(other)).toBe(true);
    await client(world)('signin/tokenExchange', exchangeOf(world));
    expect(world.actedAs).toEqual([]);
  });

  it('waits for a consent, HTTP 412, and is done with the code of the page', async () => {
    const { world, tells } = await approving();
    world.tokens.fail('consent');
    const value = exchangeOf(world);
    expect(await tells('signin/tokenExchange', value)).toMatchObject({
      status: 412,
      body: { id: value.id, connectionName: CONNECTION },
    });
    expect(await isApproved(world)).toBe(false);
    const link = lastOf(world).buttons[0]?.value ?? '';
    const state = world.tokens.signInOnPage(link, globalAdmin.id);
    await tells('signin/verifyState', { state });
    expect(await isApproved(world)).toBe(true);
  });

  it.each([
    ['en-US', { state: 'CancelledByUser' }, 'You have not signed in'],
    ['sv-SE', { state: 'CancelledByUser' }, 'Du har inte loggat in'],
    ['en-US', { state: '000000' }, 'This sign-in was not accepted'],
    ['sv-SE', { state: '000000' }, 'Inloggningen godtogs inte'],
  ])(
    'in %s after %j shows why and the way to sign in again, which does it',
    async (locale, value, text) => {
      const { world, tells } = await approving({ locale });
      await tells('signin/verifyState', value);
      const { text: says, buttons, ...card } = lastOf(world);
      expect(says).toContain(text);
      expect(card).not.toHaveProperty('tokenExchangeResource');
      expect(await isApproved(world)).toBe(false);
      const state = world.tokens.signInOnPage(buttons[0]?.value ?? '', globalAdmin.id);
      await tells('signin/verifyState', { state });
      expect(await isApproved(world)).toBe(true);
    },
  );

  it('is done with a code that its person types, where the page could not hand it over', async () => {
    const { world } = await approving();
    const state = world.tokens.signInOnPage(lastOf(world).buttons[0]?.value ?? '', globalAdmin.id);
    await world.post(message(globalAdmin, state));
    expect(await isApproved(world)).toBe(true);
    // Six digits of somebody who has not been asked to sign in are only that.
    const before = signInCards(world).length;
    await world.post(message(globalAdmin, state));
    expect(signInCards(world)).toHaveLength(before);
    expect(world.tokens.asked.filter(({ what }) => what === 'GetToken')).toHaveLength(3);
  });

  it('is not done by another account, which is signed out', async () => {
    const { world, tells } = await approving();
    const state = world.tokens.signInOnPage(lastOf(world).buttons[0]?.value ?? '', anna.id);
    await tells('signin/verifyState', { state });
    expect(lastOf(world).text).toContain('another account than the one that you use in Teams');
    expect(world.tokens.hasSignedIn(GLOBAL_ACCOUNT)).toBe(false);
    expect(world.actedAs).toEqual([]);
  });

  it('is not done with a token for another organization, and who can put that right is named', async () => {
    const issue = (oid: string): string => unsignedToken({ aud: 'https://fabrikam.test', oid });
    const world = await createSignInWorld({ service: { issue } });
    await world.post(message(globalAdmin, 'approve Ölga Åström', { locale: 'sv-SE' }));
    await client(world, { locale: 'sv-SE' })('signin/tokenExchange', exchangeOf(world));
    expect(saysLast(world)).toContain('Be den som driver boten att rätta omfånget');
    expect(world.actedAs).toEqual([]);
  });

  it('is not done by somebody else’s code, who is told that it was not accepted', async () => {
    const { world, tells } = await approving();
    const state = world.tokens.signInOnPage(lastOf(world).buttons[0]?.value ?? '', globalAdmin.id);
    await tells('signin/verifyState', { state }, anna);
    expect(lastOf(world).text).toContain('This sign-in was not accepted');
    expect(await isApproved(world)).toBe(false);
  });

  it('is not done when they sign in a quarter of an hour later, and they are told', async () => {
    const { world, tells } = await approving();
    await world.scheduler.advance(16 * MINUTE_MS);
    await tells('signin/tokenExchange', exchangeOf(world));
    expect(saysLast(world)).toContain('I have done nothing in the meantime');
    expect(await isApproved(world)).toBe(false);
  });

  it('is one wish with what was said before the sign-in, and with no other', async () => {
    const keys: string[] = [];
    const world = await createSignInWorld({
      over: ({ engine }) => ({
        engine: {
          ...engine,
          async testAndEnable(id, context) {
            keys.push(context.idempotencyKey);
            return engine.testAndEnable(id, context);
          },
        },
      }),
    });
    const said = message(globalAdmin, 'test Anna Ek');
    await world.post(said);
    await client(world)('signin/tokenExchange', exchangeOf(world));
    expect(keys).toEqual([`a:global:${said.id}`, `a:global:${said.id}`]);
    expect(await world.services.store.find('testRuns')).toHaveLength(1);
  });

  it('is told to have failed where Dynamics 365 refuses the fresh sign-in, and asks no more', async () => {
    const world = await createSignInWorld({
      refusing: async () => {
        throw new AppError('dynamics-person-refused', 'PATCH systemusers: 401');
      },
    });
    await world.post(message(globalAdmin, 'approve Ölga Åström'));
    await client(world)('signin/tokenExchange', exchangeOf(world));
    expect(saysLast(world)).toContain('Dynamics 365 does not accept your sign-in');
    expect(signInCards(world)).toHaveLength(1);
  });

  it('in a shared conversation offers the button alone, since no client signs in by itself there', async () => {
    const { world, tells } = await approving({ scope: 'channel' });
    const { buttons, ...card } = lastOf(world);
    expect(card).not.toHaveProperty('tokenExchangeResource');
    const state = world.tokens.signInOnPage(buttons[0]?.value ?? '', globalAdmin.id);
    await tells('signin/verifyState', { state });
    expect(await isApproved(world)).toBe(true);
  });
});

describe('a client that could not sign its person in', () => {
  it('is written down, and the button is shown once however many clients say so', async () => {
    const { world, tells } = await approving();
    const value = { code: 'resourcematchfailed', message: 'Resource match failed' };
    for (let times = 0; times < 3; times += 1) {
      expect(await tells('signin/failure', value)).toEqual({ status: 200 });
    }
    expect(signInCards(world)).toHaveLength(2);
    expect(lastOf(world).text).toContain('Signing in by itself did not work');
    expect(world.log.lines).toContainEqual(
      expect.objectContaining({
        event: 'client-did-not-sign-in',
        fields: expect.objectContaining({ code: 'resourcematchfailed' }) as object,
      }),
    );
    const state = world.tokens.signInOnPage(lastOf(world).buttons[0]?.value ?? '', globalAdmin.id);
    await tells('signin/verifyState', { state });
    expect(await isApproved(world)).toBe(true);
  });

  it.each(['userconsentrequired', 'interactionrequired'])(
    'for want of %s asks for it itself',
    async (code) => {
      const { world, tells } = await approving();
      await tells('signin/failure', { code });
      expect(signInCards(world)).toHaveLength(1);
    },
  );
});

describe('a button of a client without Action.Execute', () => {
  it('is pressed for its person when they have signed in, in its card’s place', async () => {
    const world = await createSignInWorld();
    const tells = client(world);
    const [card] = await world.ask(message(globalAdmin, 'status Ölga Åström'));
    const cardId = world.adapter.messages.at(-1)?.id ?? '';
    const { verb, data } = buttonOf(card, 'approve-email');
    const value = { mailboxMedic: { verb, data } };
    await world.post(teamsActivity(globalAdmin, { type: 'message', value, replyToId: cardId }));
    expect(await isApproved(world)).toBe(false);
    await tells('signin/tokenExchange', exchangeOf(world));
    const replaced = world.adapter.messages.find(
      ({ kind, id }) => kind === 'updated' && id === cardId,
    );
    expect(textsOf(cardsOf(replaced?.activity ?? {}))).toContain('Approved');
    expect(world.actedAs).toEqual([globalAdmin.id]);
  });
});

describe('signing in and out by words', () => {
  it.each([
    ['sign in', 'sign out', 'en-US', 'You are signed in', 'You are signed out'],
    ['logga in', 'logga ut', 'sv-SE', 'Du är inloggad', 'Du är utloggad'],
  ])('“%s” and “%s”', async (signIn, signOut, locale, signedIn, signedOut) => {
    const world = await createSignInWorld();
    const tells = client(world, { locale });
    await world.post(message(globalAdmin, signIn, { locale }));
    await tells('signin/tokenExchange', exchangeOf(world));
    expect(saysLast(world)).toContain(signedIn);
    await world.post(message(globalAdmin, signIn, { locale }));
    expect(saysLast(world)).toContain(signedIn);
    await world.post(message(globalAdmin, signOut, { locale }));
    expect(saysLast(world)).toContain(signedOut);
    expect(world.tokens.hasSignedIn(GLOBAL_ACCOUNT)).toBe(false);
  });

  it('is said to be needless where nothing asks for it', async () => {
    const world = await createBotWorld();
    await world.post(message(globalAdmin, 'sign in'));
    expect(world.adapter.messages.at(-1)?.activity.text).toContain('You need not sign in here');
  });
});
