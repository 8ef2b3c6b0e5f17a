import { expect, it } from 'vitest';
import { signInTo } from '../../../../bot/create-sign-in.ts';
import { createSignIn, type TokenService } from '../../../../bot/teams/index.ts';
import type { Config } from '../../../../services/config/index.ts';
import { idOf, type UserId } from '../../../../services/domain/ids.ts';
import { MINUTE_MS } from '../../../../services/domain/time.ts';
import { createFakeScheduler } from '../../../support/fake-scheduler.ts';
import { RecordingAdapter } from '../../../support/recording-adapter.ts';
import { silentLog } from '../../../support/silent-log.ts';
import { unsignedToken } from '../../../support/token-service/unsigned-token.ts';

const ORGANIZATION = 'https://contoso.crm4.dynamics.com';
const ADA = '0000ada0-0000-4000-8000-00000000ada0';
const signal = new AbortController().signal;
const whoever = { personId: idOf<UserId>(ADA), account: { id: '29:ada', channelId: 'msteams' } };

/** A token service that hands out a new token each time, until there is none. */
function handingOut(audience = ORGANIZATION) {
  const state = { asked: 0, signedOut: false };
  const tokens: TokenService = {
    connectionName: 'dynamics',
    async token() {
      state.asked += 1;
      if (state.signedOut) return null;
      return unsignedToken({ aud: audience, oid: ADA.toUpperCase(), number: state.asked });
    },
    exchange: async () => null,
    invitation: async () => ({ link: 'https://token.botframework.com/' }),
    signOut: async () => undefined,
  };
  const clock = createFakeScheduler();
  const signIn = createSignIn({ tokens, resource: ORGANIZATION, clock, log: silentLog });
  return { state, clock, signIn };
}

it('a token is asked for once for the requests of an action, and anew when a minute has passed', async () => {
  const { state, clock, signIn } = handingOut();
  const { token } = await signIn.actor(whoever);
  const first = await token?.(ORGANIZATION, signal);
  expect(await token?.(ORGANIZATION, signal)).toBe(first);
  expect(state.asked).toBe(1);
  await clock.advance(MINUTE_MS + 1);
  expect(await token?.(ORGANIZATION, signal)).not.toBe(first);
});

it('who signs out while something is done for them no longer acts', async () => {
  const { state, clock, signIn } = handingOut();
  const { token } = await signIn.actor(whoever);
  state.signedOut = true;
  await clock.advance(MINUTE_MS + 1);
  await expect(token?.(ORGANIZATION, signal)).rejects.toMatchObject({ code: 'sign-in-ended' });
});

it('a token is given for the organization that people sign in to, and for no other', async () => {
  const { signIn } = handingOut();
  const { token } = await signIn.actor(whoever);
  await expect(token?.('https://evil.example', signal)).rejects.toMatchObject({
    code: 'sign-in-not-set-up',
  });
});

it.each([`${ORGANIZATION}/`, '00000007-0000-0000-c000-000000000000'])(
  'a token for %s is one for the organization, as far as it says',
  async (audience) => {
    const { signIn } = handingOut(audience);
    expect((await signIn.actor(whoever)).token).toBeDefined();
  },
);

it('nobody signs in where the engine is not Dynamics 365 online, or no connection is set', () => {
  const clock = createFakeScheduler();
  const adapter = new RecordingAdapter();
  const config = (engine: object, oauthConnection: string | null): Config =>
    ({ engine, oauthConnection }) as Config;
  const online = { kind: 'dataverse', url: new URL(ORGANIZATION) };
  for (const { engine, connection } of [
    { engine: { kind: 'embedded' }, connection: 'dynamics' },
    { engine: { kind: 'remote' }, connection: 'dynamics' },
    { engine: { ...online, kind: 'dataverse-on-premises' }, connection: 'dynamics' },
    { engine: online, connection: null },
  ]) {
    expect(signInTo(config(engine, connection), adapter, clock, silentLog)).toBeNull();
  }
});
