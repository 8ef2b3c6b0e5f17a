import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntraApplication } from '../../../../services/entra/index.ts';
import { secretOf } from '../../../../services/observability/index.ts';
import { connectDataverse } from '../../../../services/sync-engine/dataverse/connect-dataverse.ts';
import { asPerson } from '../../../support/dataverse-api.ts';
import { type DataverseWorld, startDataverseWorld } from '../../../support/dataverse-world.ts';
import { silentLog } from '../../../support/silent-log.ts';

const APPLICATION: EntraApplication = {
  tenantId: '99999999-8888-4777-8666-555555555555',
  clientId: '22222222-3333-4444-8555-666666666666',
  credential: { kind: 'secret', secret: secretOf('s3cret') },
};

let world: DataverseWorld;
let forms: URLSearchParams[];
beforeEach(async () => {
  world = await startDataverseWorld();
  forms = [];
});
afterEach(() => world.stop());

/** Gives out a token of the fake organization for the right secret, as Entra does. */
const entra: typeof fetch = async (_url, init) => {
  const form = new URLSearchParams(typeof init?.body === 'string' ? init.body : '');
  forms.push(form);
  if (form.get('client_secret') !== 's3cret') {
    return Response.json({ error: 'invalid_client', error_codes: [7000215] }, { status: 401 });
  }
  const token = world.organization.token(world.application);
  return Response.json({ token_type: 'Bearer', expires_in: 3_599, access_token: token });
};

const connect = (application = APPLICATION) =>
  connectDataverse({
    url: new URL(world.organization.url),
    application,
    scheduler: world.clock,
    log: silentLog,
    fetch: entra,
  });

describe('the connection to an organization', () => {
  it('begins with who is asked and as whom, and signs in once', async () => {
    const connection = connect();
    expect(await connection.whoAmI(asPerson())).toEqual({
      organizationId: world.organization.organizationId,
      systemUserId: world.application.userId,
    });
    await connection.api.list('mailboxes', { select: ['name'] }, asPerson());
    expect(forms.map((form) => form.get('scope'))).toEqual([
      expect.stringContaining(`${world.organization.url}/.default`),
    ]);
  });

  it('signs in again when the token ended while nobody asked', async () => {
    const connection = connect();
    await connection.whoAmI(asPerson());
    await world.clock.advance(3_600_000);
    await connection.whoAmI(asPerson());
    expect(forms.length).toBe(2);
  });

  it('with a wrong secret says so with Microsoft’s code', async () => {
    const credential = { kind: 'secret', secret: secretOf('wrong') } as const;
    const asked = connect({ ...APPLICATION, credential }).whoAmI(asPerson());
    await expect(asked).rejects.toMatchObject({
      code: 'entra-refused',
      detail: '401 invalid_client AADSTS7000215',
    });
    expect(world.organization.seen).toEqual([]);
  });

  it('takes its place to sign in from the address, and goes nowhere else', () => {
    const options = { application: APPLICATION, scheduler: world.clock, log: silentLog };
    const to = (url: string) => () => connectDataverse({ ...options, url: new URL(url) });
    expect(to('https://contoso.crm4.dynamics.com')).not.toThrow();
    expect(to('https://contoso.crm.microsoftdynamics.us')).not.toThrow();
    expect(to('https://contoso.example')).toThrow('not a host of Dynamics 365 online');
  });
});
