import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type ApplicationTokens,
  createApplicationTokens,
  type EntraApplication,
} from '../../../services/entra/index.ts';
import { secretOf } from '../../../services/observability/index.ts';
import { createFakeScheduler, type FakeScheduler } from '../../support/fake-scheduler.ts';
import { createTestCertificates, type KeyPair } from '../../support/test-certificates.ts';

const TENANT = '99999999-8888-4777-8666-555555555555';
const CLIENT = '22222222-3333-4444-8555-666666666666';
const SECRET: EntraApplication['credential'] = { kind: 'secret', secret: secretOf('s3cret') };
const { signal } = new AbortController();

/** As an administrator makes one for an application. */
async function rsaPair(): Promise<KeyPair> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Mailbox Medic',
    signingAlgorithm: algorithm,
    keys,
  });
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    key: x509.PemConverter.encode(der, 'PRIVATE KEY'),
    cert: certificate.toString('pem'),
  };
}

interface Asked {
  readonly url: string;
  readonly form: URLSearchParams;
}

let clock: FakeScheduler;
let asked: Asked[];
beforeEach(() => {
  clock = createFakeScheduler();
  asked = [];
});

const answer = (status: number, body: unknown): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
const tokenNumber = (number: number): Response =>
  answer(200, { token_type: 'Bearer', expires_in: 3_600, access_token: `token ${number}` });

function tokens(
  reply: (count: number, init: RequestInit | undefined) => Response | Promise<Response>,
  credential = SECRET,
): ApplicationTokens {
  return createApplicationTokens({
    application: { tenantId: TENANT, clientId: CLIENT, credential },
    authority: 'https://login.microsoftonline.com',
    resource: 'https://contoso.crm4.dynamics.com',
    scheduler: clock,
    fetch: async (url, init) => {
      const body = typeof init?.body === 'string' ? init.body : '';
      const address = url instanceof Request ? url.url : String(url);
      asked.push({ url: address, form: new URLSearchParams(body) });
      return reply(asked.length, init);
    },
  });
}

describe('a token of the application', () => {
  it('is asked for once, for everything that it may in the organization', async () => {
    const all = tokens(tokenNumber);
    expect(await Promise.all([all.token(signal), all.token(signal)])).toEqual([
      'token 1',
      'token 1',
    ]);
    expect(await all.token(signal)).toBe('token 1');
    const [{ url, form } = { url: '', form: new URLSearchParams() }, ...more] = asked;
    expect(more).toEqual([]);
    const endpoint = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`;
    expect(url.split('?')[0]).toBe(endpoint);
    expect(Object.fromEntries(form)).toMatchObject({
      client_id: CLIENT,
      client_secret: 's3cret',
      grant_type: 'client_credentials',
      scope: expect.stringContaining('https://contoso.crm4.dynamics.com/.default') as string,
    });
  });

  it('is renewed before it ends', async () => {
    const all = tokens(tokenNumber);
    await all.token(signal);
    await clock.advance(3_299_000);
    expect(await all.token(signal)).toBe('token 1');
    await clock.advance(1_000);
    expect(await all.token(signal)).toBe('token 2');
  });

  it('does until it has ended where renewing fails', async () => {
    const all = tokens((count) => (count === 1 ? tokenNumber(1) : answer(503, { error: 'busy' })));
    await all.token(signal);
    await clock.advance(3_400_000);
    expect(await all.token(signal)).toBe('token 1');
    await clock.advance(200_000);
    await expect(all.token(signal)).rejects.toMatchObject({ code: 'entra-unreachable' });
  });

  it('that was refused is replaced, by one that all share', async () => {
    const all = tokens(tokenNumber);
    const refused = await all.token(signal);
    expect(await Promise.all([all.token(signal, refused), all.token(signal, refused)])).toEqual([
      'token 2',
      'token 2',
    ]);
    expect(await all.token(signal, refused)).toBe('token 2');
    expect(asked.length).toBe(2);
  });

  it('is refused with Microsoft’s code and without the secret', async () => {
    const body = {
      error: 'invalid_client',
      error_codes: [7000222],
      error_description: `The provided client secret keys for app '${CLIENT}' are expired. s3cret`,
    };
    const wanted = tokens(() => answer(401, body)).token(signal);
    const error = await wanted.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'entra-refused',
      detail: '401 invalid_client AADSTS7000222',
    });
    expect(JSON.stringify(error) + String(error)).not.toContain('s3cret');
  });

  it.each([
    ['a page of something in between', () => answer(200, '<html>Sign in to the Wi-Fi</html>')],
    ['an answer without a token', () => answer(200, {})],
    ['a redirection', () => answer(302, '')],
    ['no connection', () => Promise.reject(new TypeError('fetch failed'))],
  ])('is not had from %s', async (_, reply) => {
    await expect(tokens(reply).token(signal)).rejects.toMatchObject({ code: 'entra-unreachable' });
  });

  it('is waited for no longer than 20 seconds, and no longer than whoever asks can wait', async () => {
    const all = tokens(
      (_, init) =>
        new Promise((__, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    const giveUp = new AbortController();
    const gone = all.token(giveUp.signal);
    const patient = all.token(signal);
    giveUp.abort();
    await expect(gone).rejects.toMatchObject({ code: 'entra-unreachable' });
    while (asked.length === 0) await new Promise(setImmediate);
    await clock.advance(20_000);
    await expect(patient).rejects.toMatchObject({ detail: 'no answer in time' });
  });
});

describe('an application without a secret', () => {
  it('signs with its certificate', async () => {
    const { key, cert } = await rsaPair();
    const pem = secretOf(`${key}\n${cert}`);
    await tokens(tokenNumber, { kind: 'certificate', pem }).token(signal);
    const { form } = asked[0] ?? { form: new URLSearchParams() };
    expect(form.has('client_secret')).toBe(false);
    const [header = ''] = (form.get('client_assertion') ?? '').split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
      alg: 'PS256',
      'x5t#S256': expect.any(String) as string,
    });
  });

  it('does not start with a certificate that is none, another key’s, or of elliptic curves', async () => {
    const [one, other, { leaf }] = [
      await rsaPair(),
      await rsaPair(),
      await createTestCertificates(),
    ];
    for (const text of [
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      `${one.key}\n${other.cert}`,
      `${leaf.good.key}\n${leaf.good.cert}`,
    ]) {
      expect(() => tokens(tokenNumber, { kind: 'certificate', pem: secretOf(text) })).toThrow(
        'DATAVERSE_CLIENT_CERTIFICATE holds no certificate',
      );
    }
  });

  it('is the identity of the machine, which is asked anew when a token is refused', async () => {
    const all = tokens(
      (number) => answer(200, { access_token: `mi ${number}`, expires_in: '86400', resource: 'x' }),
      { kind: 'managed-identity' },
    );
    expect(await all.token(signal)).toBe('mi 1');
    expect(asked[0]?.url).toMatch(
      /^http:\/\/169\.254\.169\.254\/metadata\/identity\/oauth2\/token/,
    );
    const query = new URL(asked[0]?.url ?? '').searchParams;
    expect([query.get('client_id'), query.get('resource')]).toEqual([
      CLIENT,
      'https://contoso.crm4.dynamics.com',
    ]);
    expect(await all.token(signal, 'mi 1')).toBe('mi 2');
  });
});
