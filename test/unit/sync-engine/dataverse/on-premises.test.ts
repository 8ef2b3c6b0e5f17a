import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, type UserId } from '../../../../services/domain/ids.ts';
import type { OnPremisesSignIn } from '../../../../services/entra/index.ts';
import { type Log, secretOf } from '../../../../services/observability/index.ts';
import { actingAs } from '../../../../services/sync-engine/dataverse/acting.ts';
import { connectOnPremises } from '../../../../services/sync-engine/dataverse/connect-dataverse.ts';
import { asPerson } from '../../../support/dataverse-api.ts';
import { type DataverseWorld, startDataverseWorld } from '../../../support/dataverse-world.ts';
import { ACCOUNT, type NtlmFront, startNtlmFront } from '../../../support/ntlm-front.ts';
import { createRecordingLog } from '../../../support/recording-log.ts';
import { silentLog } from '../../../support/silent-log.ts';

const NTLM = { kind: 'ntlm', ...ACCOUNT } as const;

let world: DataverseWorld;
let front: NtlmFront;

beforeEach(async () => {
  world = await startDataverseWorld();
  front = await startNtlmFront(world);
});
afterEach(async () => {
  front.stop();
  await world.stop();
});

const connect = (
  signIn: OnPremisesSignIn = NTLM,
  more: { readonly fetch?: typeof fetch; readonly log?: Log } = {},
) =>
  connectOnPremises({
    url: new URL(front.url),
    signIn,
    scheduler: world.clock,
    log: silentLog,
    ...more,
  });

describe('Dynamics 365 on-premises', () => {
  it('is read over a connection that Windows signs in once', async () => {
    const { api, whoAmI } = connect();
    expect((await whoAmI(asPerson())).systemUserId).toBe(world.application.userId);
    const rows = await api.list('mailboxes', { select: ['name'] }, asPerson());
    expect(rows.map(({ name }) => name)).toEqual(["Berit's mailbox"]);
    expect(front.signed).toEqual(['begun', 'answered', 'answered']);
  });

  it('is asked for several rows at once', async () => {
    const query = { select: ['name'] };
    const { api } = connect();
    const rows = await api.batch([{ set: 'mailboxes', id: world.mailbox.id, query }], asPerson());
    expect(rows).toMatchObject([{ name: "Berit's mailbox" }]);
  });

  it('is asked over several connections at once, each signed in by itself', async () => {
    const { whoAmI } = connect();
    await Promise.all(Array.from({ length: 6 }, () => whoAmI(asPerson())));
    expect(front.signed.filter((each) => each === 'answered')).toHaveLength(6);
    expect(front.signed.filter((each) => each === 'begun')).toHaveLength(4);
  });

  it('is signed in to again where the connection was lost', async () => {
    const log = createRecordingLog();
    const { whoAmI } = connect(NTLM, { log });
    await whoAmI(asPerson());
    front.closeConnections();
    const again = whoAmI(asPerson());
    while (log.lines.length === 0) await new Promise(setImmediate);
    await world.clock.advance(500);
    expect((await again).systemUserId).toBe(world.application.userId);
    expect(front.signed.filter((each) => each === 'begun')).toHaveLength(2);
  });

  it('does not let a wrong password in, and is not asked a second time', async () => {
    const { whoAmI } = connect({ ...NTLM, password: secretOf('wrong') });
    await expect(whoAmI(asPerson())).rejects.toMatchObject({ code: 'dynamics-sign-in-refused' });
    // A password that is refused again and again locks the account.
    expect(front.signed).toEqual(['begun', 'refused']);
  });

  it('is never written to', async () => {
    const { api } = connect();
    const { id } = world.mailbox;
    const refused = { kind: 'refused', code: 'read-only' };
    expect(await api.update('mailboxes', id, { name: 'x' }, asPerson())).toMatchObject(refused);
    expect(await api.create('mailboxes', { name: 'x' }, asPerson())).toMatchObject(refused);
    expect(front.signed).toEqual([]);
  });

  it('sends nobody to sign in for a change that it refuses', () => {
    const { signal } = new AbortController();
    const actor = { userId: idOf<UserId>('ada') };
    expect(actingAs({ actor, signal }, connect().api)).toEqual({ signal, priority: 'person' });
    const online = { origin: 'https://contoso.crm4.dynamics.com', isReadOnly: false };
    expect(actingAs({ actor, signal }, online)).toBeNull();
  });

  it('is a host of anybody’s, but with TLS beyond this machine', () => {
    const options = { signIn: NTLM, scheduler: world.clock, log: silentLog };
    const to = (url: string) => () => connectOnPremises({ ...options, url: new URL(url) });
    expect(to('https://crm.contoso.example/Contoso')).not.toThrow();
    expect(to('http://crm.contoso.example/Contoso')).toThrow('is not encrypted');
  });
});

describe('AD FS', () => {
  const ADFS: OnPremisesSignIn = {
    kind: 'adfs',
    tokenUrl: new URL('https://adfs.contoso.example/adfs/oauth2/token'),
    clientId: 'medic',
    ...ACCOUNT,
  };

  it('gives a token for the account and the organization', async () => {
    const asked: { readonly url: string; readonly form: Record<string, string> }[] = [];
    const { whoAmI } = connect(ADFS, {
      fetch: async (url, init) => {
        const form = init?.body instanceof URLSearchParams ? Object.fromEntries(init.body) : {};
        asked.push({ url: url instanceof URL ? url.href : '', form });
        return Response.json({ access_token: `token ${asked.length}`, expires_in: 3600 });
      },
    });
    // The front knows Windows alone: the token is sent, replaced once, and refused again.
    await expect(whoAmI(asPerson())).rejects.toMatchObject({ code: 'dynamics-sign-in-refused' });
    expect(front.signed).toEqual(['Bearer token 1', 'refused', 'Bearer token 2', 'refused']);
    expect(asked[0]).toEqual({
      url: 'https://adfs.contoso.example/adfs/oauth2/token',
      form: {
        grant_type: 'password',
        client_id: 'medic',
        username: ACCOUNT.userName,
        password: 'p4ss',
        resource: `${new URL(front.url).origin}/`,
      },
    });
  });

  it('that refuses is told with its code and without the password', async () => {
    const body = { error: 'invalid_grant', error_description: 'MSIS9659: Invalid p4ss for medic.' };
    const { whoAmI } = connect(ADFS, { fetch: async () => Response.json(body, { status: 400 }) });
    const error: unknown = await whoAmI(asPerson()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'entra-refused', detail: '400 invalid_grant MSIS9659' });
    expect(String(error)).not.toContain('p4ss');
  });
});
