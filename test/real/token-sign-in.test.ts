import { generateKeyPairSync, verify } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { secretOf } from '../../services/observability/index.ts';
import {
  createProbes,
  type ProbeCredentials,
  type ProbeOutcome,
  type TokenSource,
} from '../../services/probes/index.ts';
import { canRunMailServers } from '../support/mail-server-programs.ts';
import {
  mailToken,
  startTokenService,
  type TokenReply,
  type TokenService,
} from '../support/mail-tokens.ts';
import { type PrivateDovecot, startPrivateDovecot } from '../support/private-dovecot.ts';
import { type PrivatePostfix, startPrivatePostfix } from '../support/private-postfix.ts';
import { evidenceOf, probeRequest, summaryOf } from '../support/probe-request.ts';

const ALICE = 'alice@example.test';
type Protocol = 'imap' | 'pop3' | 'smtp';
const PROTOCOLS = ['imap', 'pop3', 'smtp'] as const;

describe.skipIf(!canRunMailServers())('signing in with a token, with Dovecot and Postfix', () => {
  let dovecot: PrivateDovecot;
  let postfix: PrivatePostfix;
  let service: TokenService | undefined;
  let { probes } = createProbes();

  beforeAll(async () => {
    dovecot = await startPrivateDovecot();
    postfix = await startPrivatePostfix(dovecot);
  });
  afterAll(async () => {
    await postfix.stop();
    await dovecot.stop();
  });
  afterEach(async () => {
    await service?.stop();
    service = undefined;
    // Each test begins without a token.
    ({ probes } = createProbes());
  });

  function attempt(protocol: Protocol, credentials: ProbeCredentials): Promise<ProbeOutcome> {
    const port = {
      imap: dovecot.ports.imaps,
      pop3: dovecot.ports.pop3s,
      smtp: postfix.ports.smtps,
    };
    const endpoint = {
      protocol,
      host: 'localhost',
      port: port[protocol],
      tls: 'implicit',
    } as const;
    return probes[protocol]!.run(
      probeRequest(endpoint, credentials, {
        certificateAuthorities: [dovecot.certificates.authority],
        deadlineMs: 15_000,
      }),
    );
  }
  const bearer = (token: string): ProbeCredentials => ({
    kind: 'bearer',
    userName: ALICE,
    accessToken: secretOf(token),
  });
  const oauth = (source: TokenSource<ReturnType<typeof secretOf>>): ProbeCredentials => ({
    kind: 'oauth',
    userName: ALICE,
    source,
  });
  async function serve(reply: (form: URLSearchParams) => TokenReply): Promise<string> {
    service = await startTokenService(dovecot.certificates.leaf.good, reply);
    return service.url;
  }
  const application = (authority: string) =>
    oauth({
      kind: 'entra-application',
      tenantId: 'tenant',
      clientId: 'client',
      clientSecret: secretOf('client-secret-value'),
      authority,
      resource: 'https://outlook.office365.com',
    });

  it.each(PROTOCOLS)('works over %s', async (protocol) => {
    const outcome = await attempt(protocol, bearer(mailToken(ALICE)));
    expect(summaryOf(outcome)).toBe('passed');
    expect(evidenceOf(outcome, 'sign-in-method')).toMatch(/^XOAUTH2$|^OAUTHBEARER$/);
  });

  it.each(
    PROTOCOLS.flatMap((protocol) => [
      [protocol, 'that has ended', mailToken(ALICE, -60)] as const,
      [protocol, 'of somebody else', mailToken('bob@example.test')] as const,
      [protocol, 'that is none', 'not-a-token-at-all'] as const,
    ]),
  )('%s refuses a token %s', async (protocol, _what, token) => {
    const outcome = await attempt(protocol, bearer(token));
    expect(summaryOf(outcome)).toMatch(
      /^failed authenticate credentials-rejected permanent mailbox/,
    );
    expect(evidenceOf(outcome, 'hint')).toBe('token-refused');
    expect(JSON.stringify(outcome)).not.toContain(token);
  });

  it.each(PROTOCOLS)(
    'asks Entra for a token for Exchange Online and takes it to %s',
    async (protocol) => {
      const token = mailToken(ALICE);
      const credentials = application(await serve(() => ({ token })));
      expect(summaryOf(await attempt(protocol, credentials))).toBe('passed');
      expect(summaryOf(await attempt(protocol, credentials))).toBe('passed');
      // The second session takes the token that is still good.
      expect(service?.asked).toHaveLength(1);
      const [{ path, form }] = service!.asked as [TokenService['asked'][number]];
      expect(path.split('?')[0]).toBe('/tenant/oauth2/v2.0/token');
      expect(form.get('grant_type')).toBe('client_credentials');
      expect(form.get('scope')).toContain('https://outlook.office365.com/.default');
    },
  );

  it('asks for another token once a server has refused one, and does not try twice in one session', async () => {
    const tokens = [mailToken(ALICE, -60), mailToken(ALICE)];
    const credentials = application(await serve(() => ({ token: tokens.shift() ?? 'none' })));
    const refused = await attempt('imap', credentials);
    expect(summaryOf(refused)).toBe('failed authenticate credentials-rejected permanent mailbox');
    expect(service?.asked).toHaveLength(1);
    expect(summaryOf(await attempt('imap', credentials))).toBe('passed');
    expect(service?.asked).toHaveLength(2);
  });

  it('takes a refresh token to its service', async () => {
    const url = await serve(() => ({ token: mailToken(ALICE) }));
    const credentials = oauth({
      kind: 'refresh-token',
      tokenEndpoint: `${url}/token`,
      clientId: 'client',
      clientSecret: secretOf('client-secret-value'),
      refreshToken: secretOf('refresh-token-value'),
    });
    expect(summaryOf(await attempt('imap', credentials))).toBe('passed');
    expect(summaryOf(await attempt('smtp', credentials))).toBe('passed');
    expect(
      service?.asked.map(({ form }) => [form.get('grant_type'), form.get('refresh_token')]),
    ).toEqual([['refresh_token', 'refresh-token-value']]);
  });

  it('signs for a service account, in the name of the mailbox', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const url = await serve(() => ({ token: mailToken(ALICE) }));
    const credentials = oauth({
      kind: 'google-service-account',
      tokenEndpoint: `${url}/token`,
      account: 'medic@project.iam.gserviceaccount.com',
      privateKey: secretOf(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
      scope: 'https://mail.google.com/',
    });
    expect(summaryOf(await attempt('pop3', credentials))).toBe('passed');
    const assertion = service?.asked[0]?.form.get('assertion') ?? '';
    const [header = '', claims = '', signature = ''] = assertion.split('.');
    const isSigned = verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${claims}`),
      publicKey,
      Buffer.from(signature, 'base64url'),
    );
    expect(isSigned).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'medic@project.iam.gserviceaccount.com',
      sub: ALICE,
      scope: 'https://mail.google.com/',
      aud: `${url}/token`,
    });
  });

  it.each([
    [401, 'invalid_client', 'credentials-rejected permanent profile'],
    [400, 'unauthorized_client', 'permission-denied permanent profile'],
    [400, 'invalid_grant', 'permission-denied permanent profile'],
    [429, 'too_many_requests', 'server-busy transient profile'],
    [503, 'temporarily_unavailable', 'server-unavailable transient profile'],
    [500, 'whatever', 'server-unavailable transient profile'],
  ])('knows what the token service says: %s %s', async (status, error, verdict) => {
    const url = await serve(() => ({ status, error }));
    const outcome = await attempt('smtp', application(url));
    expect(summaryOf(outcome)).toBe(`failed authenticate ${verdict}`);
    expect(evidenceOf(outcome, 'endpoint')).toBe(url.replace('https://', ''));
    expect(evidenceOf(outcome, 'hint')).not.toBe('token-refused');
    expect(JSON.stringify(outcome)).not.toContain('client-secret-value');
  });

  it('knows a token service that nobody answers at', async () => {
    const url = await serve(() => ({ token: 'none' }));
    await service?.stop();
    service = undefined;
    expect(summaryOf(await attempt('imap', application(url)))).toBe(
      'failed authenticate connection-refused transient profile',
    );
  });
});
