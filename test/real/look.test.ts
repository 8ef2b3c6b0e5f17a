import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint, TlsMode } from '../../services/domain/profile.ts';
import type { LookOutcome } from '../../services/probes/index.ts';
import { freePorts } from '../support/foreign-daemon.ts';
import { lookedAt, sightOf } from '../support/looked-at.ts';
import { canRunMailServers } from '../support/mail-server-programs.ts';
import {
  ADDRESS_OF,
  type PrivateDovecot,
  startPrivateDovecot,
  WITHOUT_TLS,
} from '../support/private-dovecot.ts';
import { type PrivatePostfix, startPrivatePostfix } from '../support/private-postfix.ts';

type Kind = 'imap' | 'pop3' | 'smtp';

describe.skipIf(!canRunMailServers())(
  'a look at Dovecot and Postfix, which signs in nowhere',
  () => {
    let dovecot: PrivateDovecot;
    let postfix: PrivatePostfix;

    beforeAll(async () => {
      dovecot = await startPrivateDovecot();
      postfix = await startPrivatePostfix(dovecot);
    });
    afterAll(async () => {
      await postfix.stop();
      await dovecot.stop();
    });

    function endpointOf(protocol: Kind, tls: TlsMode, host: string): Endpoint {
      const { ports } = dovecot;
      const [implicit, plain] = {
        imap: [ports.imaps, ports.imap],
        pop3: [ports.pop3s, ports.pop3],
        smtp: [postfix.ports.smtps, postfix.ports.submission],
      }[protocol] as [number, number];
      return { protocol, host, port: tls === 'implicit' ? implicit : plain, tls };
    }
    const at = (protocol: Kind, tls: TlsMode, host = 'localhost'): Promise<LookOutcome> =>
      lookedAt(endpointOf(protocol, tls, host), { authority: dovecot.certificates.authority });

    const both = (['imap', 'pop3', 'smtp'] as const).flatMap((protocol) =>
      (['implicit', 'starttls'] as const).map((tls) => [protocol, tls] as const),
    );

    it.each(both)(
      'sees %s over %s: the certificate’s end, and how one would sign in',
      async (protocol, tls) => {
        const seen = await at(protocol, tls);
        expect(sightOf(seen)).toBe('well');
        expect(seen).toMatchObject({
          certificate: {
            host: 'localhost',
            validTo: expect.stringMatching(/^2049-12-31/) as string,
          },
          signIn: expect.arrayContaining(['PLAIN']) as string[],
        });
      },
    );

    it.each(both)(
      'sees that the certificate of %s over %s has expired, and when',
      async (protocol, tls) => {
        const seen = await at(protocol, tls, ADDRESS_OF.expired);
        expect(sightOf(seen)).toBe('tls certificate-expired');
        expect(seen).toMatchObject({
          certificate: null,
          failure: {
            evidence: expect.arrayContaining([
              { label: 'certificate-valid-to', value: 'Jan  1 00:00:00 2021 GMT' },
            ]) as unknown,
          },
        });
      },
    );

    it.each(['imap', 'pop3', 'smtp'] as const)(
      'sees whose certificate %s shows, that nobody vouches for it, and that TLS is not offered',
      async (protocol) => {
        expect(sightOf(await at(protocol, 'implicit', ADDRESS_OF['wrong-host']))).toBe(
          'tls certificate-wrong-host',
        );
        expect(sightOf(await at(protocol, 'implicit', ADDRESS_OF['self-signed']))).toBe(
          'tls certificate-untrusted',
        );
        expect(sightOf(await at(protocol, 'starttls', WITHOUT_TLS))).toBe('tls tls-unavailable');
        expect(sightOf(await at(protocol, 'none', WITHOUT_TLS))).toBe('well');
      },
    );

    it('does not reach a port that nobody listens on', async () => {
      const [port] = (await freePorts(1)) as [number];
      const seen = await lookedAt({ protocol: 'imap', host: 'localhost', port, tls: 'implicit' });
      expect(sightOf(seen)).toBe('connect connection-refused');
    });
  },
);
