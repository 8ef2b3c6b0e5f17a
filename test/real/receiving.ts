import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProbes, type ProbeOutcome, type ProbeRequest } from '../../services/probes/index.ts';
import { startByteServer } from '../support/byte-server.ts';
import { freePorts } from '../support/foreign-daemon.ts';
import { canRunMailServers } from '../support/mail-server-programs.ts';
import {
  ADDRESS_OF,
  DEMANDS_TLS,
  PASSWORD,
  type PrivateDovecot,
  startPrivateDovecot,
  WITHOUT_TLS,
} from '../support/private-dovecot.ts';
import { evidenceOf, passwordOf, probeRequest, summaryOf } from '../support/probe-request.ts';

export interface Attempt {
  readonly tls?: 'implicit' | 'starttls' | 'none';
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly request?: Partial<ProbeRequest>;
}

/** What differs between the protocols against one and the same Dovecot. */
export interface ReceivingProtocol {
  readonly protocol: 'imap' | 'pop3';
  readonly ports: (dovecot: PrivateDovecot) => {
    readonly implicit: number;
    readonly starttls: number;
  };
  /** Where a store that cannot be opened shows. */
  readonly brokenStoreAt: 'authenticate' | 'authorise';
}

/** IMAP and POP3 against Debian's Dovecot: the same faults, the same verdicts. */
export function receivingTests(
  { protocol, ports, brokenStoreAt }: ReceivingProtocol,
  more: (dovecot: () => PrivateDovecot, attempt: (what?: Attempt) => Promise<ProbeOutcome>) => void,
): void {
  describe.skipIf(!canRunMailServers())(`${protocol} with Dovecot`, () => {
    let dovecot: PrivateDovecot;
    const probe = createProbes().probes[protocol]!;

    beforeAll(async () => {
      dovecot = await startPrivateDovecot();
    });
    afterAll(() => dovecot.stop());

    function attempt({
      tls = 'implicit',
      host = 'localhost',
      port,
      user = 'alice',
      password = PASSWORD,
      request,
    }: Attempt = {}): Promise<ProbeOutcome> {
      const endpoint = {
        protocol,
        host,
        tls,
        port: port ?? ports(dovecot)[tls === 'none' ? 'starttls' : tls],
      };
      const credentials = passwordOf(password, `${user}@example.test`);
      return probe.run(
        probeRequest(endpoint, credentials, {
          certificateAuthorities: [dovecot.certificates.authority],
          deadlineMs: 15_000,
          ...request,
        }),
      );
    }

    it.each(['implicit', 'starttls'] as const)('passes over %s', async (tls) => {
      const outcome = await attempt({ tls });
      expect(summaryOf(outcome)).toBe('passed');
      expect(evidenceOf(outcome, 'tls-version')).toBe('TLSv1.3');
      expect(evidenceOf(outcome, 'certificate-issuer')).toBe('Mailbox Medic test authority');
    });

    it.each([
      [
        'a wrong password',
        { password: 'not the password' },
        'failed authenticate credentials-rejected permanent mailbox',
      ],
      [
        'an unknown user',
        { user: 'stranger' },
        'failed authenticate credentials-rejected permanent mailbox',
      ],
      [
        'a disabled account',
        { user: 'disabled' },
        'failed authenticate account-disabled permanent mailbox',
      ],
      [
        'a password database that is down',
        { user: 'tempfail' },
        'failed authenticate server-unavailable transient profile',
      ],
      [
        'a store that cannot be opened',
        { user: 'broken' },
        `failed ${brokenStoreAt} mailbox-store-broken transient mailbox`,
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
        { tls: 'none', host: DEMANDS_TLS, request: { allowPlaintextCredentials: true } },
        'failed authenticate tls-required permanent profile',
      ],
      [
        'a login in clear text that both allow',
        { tls: 'none', host: WITHOUT_TLS, request: { allowPlaintextCredentials: true } },
        'passed',
      ],
    ] satisfies readonly (readonly [string, Attempt, string])[])(
      'knows %s',
      async (_what, what, expected) => {
        expect(summaryOf(await attempt(what))).toBe(expected);
      },
    );

    it('knows TLS on a plain port', async () => {
      const outcome = await attempt({ port: ports(dovecot).starttls });
      expect(summaryOf(outcome)).toBe('failed tls wrong-protocol permanent profile');
    });

    it('knows silence where a plain client meets TLS', async () => {
      const outcome = await attempt({
        tls: 'starttls',
        port: ports(dovecot).implicit,
        request: { deadlineMs: 500 },
      });
      expect(summaryOf(outcome)).toBe('failed greeting timeout transient profile');
    });

    it('knows a port that refuses', async () => {
      const [port = 0] = await freePorts(1);
      expect(summaryOf(await attempt({ port }))).toBe(
        'failed connect connection-refused transient profile',
      );
    });

    it('knows a black hole', async () => {
      const hole = await startByteServer({ conversation: () => ({ answer: () => null }) });
      const outcome = await attempt({ port: hole.port, request: { deadlineMs: 500 } });
      expect(summaryOf(outcome)).toBe('failed tls timeout transient profile');
      await hole.untilIdle();
      await hole.stop();
    });

    it('shows whose certificate expired, and when', async () => {
      const outcome = await attempt({ host: ADDRESS_OF.expired });
      expect(evidenceOf(outcome, 'certificate-subject')).toContain('localhost');
      expect(evidenceOf(outcome, 'certificate-valid-to')).toBe('Jan  1 00:00:00 2021 GMT');
    });

    more(() => dovecot, attempt);
  });
}
