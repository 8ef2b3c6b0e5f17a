import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProbes, type ProbeOutcome, type ProbeRequest } from '../../services/probes/index.ts';
import { startByteServer } from '../support/byte-server.ts';
import { freePorts } from '../support/foreign-daemon.ts';
import { canRunMailServers } from '../support/mail-server-programs.ts';
import {
  ADDRESS_OF,
  PASSWORD,
  type PrivateDovecot,
  startPrivateDovecot,
  WITHOUT_TLS,
} from '../support/private-dovecot.ts';
import { type PrivatePostfix, startPrivatePostfix } from '../support/private-postfix.ts';
import { evidenceOf, passwordOf, probeRequest, summaryOf } from '../support/probe-request.ts';

interface Attempt {
  readonly tls?: 'implicit' | 'starttls' | 'none';
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly request?: Partial<ProbeRequest>;
}

const testMessage = {
  messageId: '<real-1@example.test>',
  subject: 'Provmeddelande å',
  text: 'Hej',
};

describe.skipIf(!canRunMailServers())('smtp with Postfix', () => {
  let dovecot: PrivateDovecot;
  let postfix: PrivatePostfix;
  const { probes, senders } = createProbes();

  beforeAll(async () => {
    dovecot = await startPrivateDovecot();
    postfix = await startPrivatePostfix(dovecot);
  });
  afterAll(async () => {
    await postfix.stop();
    await dovecot.stop();
  });

  function requestOf({
    tls = 'implicit',
    host = 'localhost',
    port,
    user = 'alice',
    password = PASSWORD,
    request,
  }: Attempt = {}): ProbeRequest {
    const endpoint = {
      protocol: 'smtp',
      host,
      tls,
      port: port ?? postfix.ports[tls === 'implicit' ? 'smtps' : 'submission'],
    } as const;
    return probeRequest(endpoint, passwordOf(password, `${user}@example.test`), {
      direction: 'outgoing',
      certificateAuthorities: [dovecot.certificates.authority],
      deadlineMs: 15_000,
      ...request,
    });
  }
  function attempt(what: Attempt = {}): Promise<ProbeOutcome> {
    return probes.smtp!.run(requestOf(what));
  }

  it.each(['implicit', 'starttls'] as const)('passes over %s, signing in only', async (tls) => {
    const outcome = await attempt({ tls });
    expect(summaryOf(outcome)).toBe('passed');
    expect(evidenceOf(outcome, 'tls-version')).toBe('TLSv1.3');
    expect(
      outcome.stages
        .filter(({ outcome: result }) => result === 'skipped')
        .map(({ stage }) => stage),
    ).toEqual(['authorise', 'exchange']);
  });

  it('delivers the test message to the mailbox itself', async () => {
    const outcome = await attempt({ request: { testMessage } });
    expect(summaryOf(outcome)).toBe('passed');
    expect(evidenceOf(outcome, 'server-reply')).toContain('queued as');
    // Postfix hands it on after its 250; Dovecot is asked until it has it.
    const endpoint = {
      protocol: 'imap',
      host: 'localhost',
      port: dovecot.ports.imaps,
      tls: 'implicit',
    } as const;
    await expect
      .poll(
        async () =>
          probes.imap!.run(
            probeRequest(endpoint, passwordOf(PASSWORD), {
              certificateAuthorities: [dovecot.certificates.authority],
            }),
          ),
        { timeout: 20_000 },
      )
      .toMatchObject({
        outcome: 'passed',
        messageCount: 1,
        lastSeenUid: expect.stringMatching(/^\d+:2:1$/) as string,
      });
  });

  it.each([
    [
      'a wrong password, not yet for sure',
      { password: 'not the password' },
      'failed authenticate credentials-rejected permanent mailbox confirm',
    ],
    [
      'an unknown user, not yet for sure',
      { user: 'stranger' },
      'failed authenticate credentials-rejected permanent mailbox confirm',
    ],
    [
      'a password database that is down, not yet for sure',
      { user: 'tempfail' },
      'failed authenticate credentials-rejected permanent mailbox confirm',
    ],
    [
      'an expired certificate',
      { host: ADDRESS_OF.expired },
      'failed tls certificate-expired permanent profile',
    ],
    [
      'a certificate for another host',
      { host: ADDRESS_OF['wrong-host'] },
      'failed tls certificate-wrong-host permanent profile',
    ],
    [
      'a self-signed certificate',
      { host: ADDRESS_OF['self-signed'] },
      'failed tls certificate-untrusted permanent profile',
    ],
    [
      'an authority nobody trusts',
      { request: { certificateAuthorities: [] } },
      'failed tls certificate-untrusted permanent profile',
    ],
    [
      'an expired certificate after STARTTLS',
      { tls: 'starttls', host: ADDRESS_OF.expired },
      'failed tls certificate-expired permanent profile',
    ],
    [
      'STARTTLS that is not offered',
      { tls: 'starttls', host: WITHOUT_TLS },
      'failed tls tls-unavailable permanent profile',
    ],
    [
      'a login in clear text that we refuse',
      { tls: 'none', host: WITHOUT_TLS },
      'failed tls insecure-channel-refused permanent profile',
    ],
    [
      'a login in clear text that the server refuses',
      { tls: 'none', request: { allowPlaintextCredentials: true } },
      'failed authenticate tls-required permanent profile',
    ],
    [
      'a login in clear text that both allow',
      { tls: 'none', host: WITHOUT_TLS, request: { allowPlaintextCredentials: true } },
      'passed',
    ],
    [
      'a greylisted mailbox',
      { request: { testMessage, address: 'greylisted@example.test' } },
      'failed authorise recipient-rejected transient mailbox',
    ],
    [
      'a blocked mailbox',
      { request: { testMessage, address: 'blocked@example.test' } },
      'failed authorise recipient-rejected permanent mailbox',
    ],
    [
      'a mailbox that does not exist',
      { request: { testMessage, address: 'ghost@example.test' } },
      'failed authorise mailbox-not-found permanent mailbox',
    ],
    [
      'a message that is too large',
      { request: { testMessage: { ...testMessage, text: 'x'.repeat(90_000) } } },
      'failed authorise message-too-large permanent mailbox',
    ],
  ] satisfies readonly (readonly [string, Attempt, string])[])(
    'knows %s',
    async (_what, what, expected) => {
      expect(summaryOf(await attempt(what))).toBe(expected);
    },
  );

  it('knows a relay that wants credentials from everybody', async () => {
    const request = {
      ...requestOf({ request: { testMessage } }),
      credentials: { kind: 'none' } as const,
    };
    expect(summaryOf(await probes.smtp!.run(request))).toBe(
      'failed authorise recipient-rejected permanent mailbox',
    );
  });

  it('knows TLS on a plain port', async () => {
    expect(summaryOf(await attempt({ port: postfix.ports.submission }))).toBe(
      'failed tls wrong-protocol permanent profile',
    );
  });

  it('knows a port that refuses', async () => {
    const [port = 0] = await freePorts(1);
    expect(summaryOf(await attempt({ port }))).toBe(
      'failed connect connection-refused transient profile',
    );
  });

  it('knows a black hole', async () => {
    const hole = await startByteServer({ conversation: () => ({ answer: () => null }) });
    const outcome = await attempt({
      tls: 'starttls',
      port: hole.port,
      request: { deadlineMs: 500 },
    });
    expect(summaryOf(outcome)).toBe('failed greeting timeout transient profile');
    await hole.untilIdle();
    await hole.stop();
  });

  it('blames the message, not the mailbox, for a refused recipient, and says that others have it', async () => {
    const send = (to: readonly string[]): Promise<ProbeOutcome> =>
      senders.smtp!.send({
        ...requestOf(),
        message: { ...testMessage, messageId: '<real-2@example.test>', to },
      });
    expect(summaryOf(await send(['ghost@example.test']))).toBe(
      'failed authorise recipient-rejected permanent email',
    );
    const partly = await send(['bob@example.test', 'greylisted@example.test']);
    expect(summaryOf(partly)).toBe('failed exchange recipient-rejected permanent email');
    expect(evidenceOf(partly, 'hint')).toBe('partly-delivered');
  });
});
