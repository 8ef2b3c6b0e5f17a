import { describe, expect, it } from 'vitest';
import { type AutodiscoverWire, discoverEws } from '../../../services/probes/autodiscover.ts';
import { classify } from '../../../services/probes/classify/classify.ts';
import { symptomOf } from '../../../services/probes/classify/symptom.ts';
import type { HttpAnswer } from '../../../services/probes/http-channel.ts';
import { HttpRefusal } from '../../../services/probes/http-refusal.ts';
import { ProtocolError } from '../../../services/probes/protocol-error.ts';

const PATH = '/autodiscover/autodiscover.xml';
const EWS = 'https://mail.contoso.test/EWS/Exchange.asmx';
const ROOT = `https://contoso.test${PATH}`;
const HOST = `https://autodiscover.contoso.test${PATH}`;

/** What a host answers to POX; `login` wants the password first, `no` does not take it. */
interface Host {
  readonly login?: 'wanted' | 'no';
  readonly json?: object;
  readonly status?: number;
  readonly location?: string;
  readonly pox?: string;
  readonly fault?: string;
}

function pox(account: string): string {
  return (
    '<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">' +
    `<Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"><Account>${account}</Account></Response></Autodiscover>`
  );
}
const settings = (url: string, type = 'EXPR'): string =>
  pox(
    `<Action>settings</Action><Protocol><Type>WEB</Type></Protocol><Protocol><Type>${type}</Type><EwsUrl>${url}</EwsUrl></Protocol>`,
  );
const poxError = (code: number): string =>
  '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response>' +
  `<Error Time="1" Id="2"><ErrorCode>${code}</ErrorCode><Message>No.</Message></Error></Response></Autodiscover>`;

interface Asked {
  readonly withPassword: readonly string[];
  readonly all: readonly string[];
  readonly outcome: string;
}

/** Hosts that are not named here do not exist. */
async function discover(
  hosts: Readonly<Record<string, Host>>,
  {
    address = 'anna@contoso.test',
    configured = null,
    records = [],
  }: {
    address?: string;
    configured?: string | null;
    records?: readonly { name: string; port: number }[];
  } = {},
): Promise<Asked> {
  const withPassword: string[] = [];
  const all: string[] = [];
  const wire: AutodiscoverWire = {
    note: () => undefined,
    throwIfOver: () => undefined,
    services: async () => records,
    async ask({ url, method, body, signIn }) {
      all.push(url);
      if (signIn) withPassword.push(url);
      const { origin, pathname } = new URL(url);
      const host = hosts[`${origin}${PATH}`];
      if (host === undefined) throw new ProtocolError('ENOTFOUND');
      if (host.fault !== undefined) throw new ProtocolError(host.fault);
      if (pathname.endsWith(`/${encodeURIComponent(address)}`))
        return answerOf(host.json ? 200 : 404, JSON.stringify(host.json ?? {}));
      if (host.location !== undefined) return answerOf(302, '', { location: host.location });
      if (method !== 'POST' || !body?.includes('EMailAddress')) return answerOf(404);
      if (host.login !== undefined && !signIn) return answerOf(401);
      if (host.login === 'no') throw new HttpRefusal(401, [], 'no content', null);
      return answerOf(host.status ?? 200, host.pox);
    },
  };
  const outcome = await discoverEws(wire, address, configured).catch((error: unknown) => {
    const place = { protocol: 'ews', stage: 'resolve', purpose: 'test', tls: 'implicit' } as const;
    const verdict = classify(symptomOf({ ...place, port: 443 }, error));
    return `${verdict.reason} ${verdict.nature} ${verdict.scope}${verdict.needsConfirmation ? ' confirm' : ''}`;
  });
  return { withPassword, all, outcome };
}

function answerOf(status: number, text = '', headers: Record<string, string> = {}): HttpAnswer {
  return { status, ok: status === 200, headers: new Headers(headers), text };
}

describe('autodiscover', () => {
  it('asks in the documented order', async () => {
    const { all, outcome } = await discover(
      { 'https://srv.contoso.test:444/autodiscover/autodiscover.xml': { pox: settings(EWS) } },
      {
        configured: 'https://set.contoso.test/autodiscover/autodiscover.xml',
        records: [{ name: 'srv.contoso.test', port: 444 }],
      },
    );
    expect(outcome).toBe(EWS);
    expect(all.map((url) => new URL(url).origin)).toEqual([
      'https://set.contoso.test',
      'https://contoso.test',
      'https://autodiscover.contoso.test',
      'http://autodiscover.contoso.test',
      'https://srv.contoso.test:444',
      'https://srv.contoso.test:444',
    ]);
  });

  it('needs no password where version 2 answers', async () => {
    const { withPassword, outcome } = await discover({
      [HOST]: { json: { Url: EWS }, login: 'no' },
    });
    expect(outcome).toBe(EWS);
    expect(withPassword).toEqual([]);
  });

  it.each(['EXPR', 'EXCH'])('takes the address of %s from the settings', async (type) => {
    const { withPassword, outcome } = await discover({
      [HOST]: { login: 'wanted', pox: settings(EWS, type) },
    });
    expect(outcome).toBe(EWS);
    expect(withPassword).toEqual([HOST]);
  });

  it('goes on with the address that a service names instead', async () => {
    const { outcome, withPassword } = await discover({
      [HOST]: {
        login: 'wanted',
        pox: pox('<Action>redirectAddr</Action><RedirectAddr>anna@fabrikam.test</RedirectAddr>'),
      },
      [`https://autodiscover.fabrikam.test${PATH}`]: { login: 'wanted', pox: settings(EWS) },
    });
    expect(outcome).toBe(EWS);
    expect(withPassword).toEqual([HOST, `https://autodiscover.fabrikam.test${PATH}`]);
  });

  it('goes on with the service that a service names instead', async () => {
    const other = 'https://ex.fabrikam.test/autodiscover/autodiscover.xml';
    const { outcome, withPassword } = await discover({
      [HOST]: {
        login: 'wanted',
        pox: pox(`<Action>redirectUrl</Action><RedirectUrl>${other}</RedirectUrl>`),
      },
      [other]: { login: 'wanted', pox: settings(EWS) },
    });
    expect(outcome).toBe(EWS);
    expect(withPassword).toEqual([HOST, other]);
  });

  it('gives up after ten hops and when it goes round', async () => {
    const to = (n: number): Host => ({
      pox: pox(
        `<Action>redirectUrl</Action><RedirectUrl>https://h${n}.contoso.test${PATH}</RedirectUrl>`,
      ),
    });
    const chain = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`https://h${n}.contoso.test${PATH}`, to(n + 1)]),
    );
    const long = await discover({ [HOST]: to(0), ...chain });
    expect(long.outcome).toBe('location-undetermined permanent profile');
    expect(long.all.filter((url) => url.includes('//h')).length).toBeLessThanOrEqual(22);
    const round = await discover({
      [HOST]: {
        pox: pox('<Action>redirectAddr</Action><RedirectAddr>Anna@Contoso.test</RedirectAddr>'),
      },
    });
    expect(round.outcome).toBe('location-undetermined permanent profile');
  });

  it.each([
    ['a web server sends us on', { [ROOT]: { location: 'https://evil.test/x.xml' } }, []],
    ['a record of the DNS names', {}, [{ name: 'evil.test', port: 443 }]],
  ] as const)('gives no password to a stranger that %s', async (_, hosts, records) => {
    const evil = 'https://evil.test/autodiscover/autodiscover.xml';
    const { withPassword, outcome } = await discover(
      { ...hosts, [evil]: { login: 'wanted', pox: settings('https://evil.test/EWS') } },
      { records },
    );
    expect(withPassword).toEqual([]);
    expect(outcome).toBe('location-undetermined permanent profile');
  });

  it('does not believe a stranger that asks for no password', async () => {
    const { outcome } = await discover(
      { 'https://evil.test/autodiscover/autodiscover.xml': { json: { Url: EWS } } },
      { records: [{ name: 'evil.test', port: 443 }] },
    );
    expect(outcome).toBe('location-undetermined permanent profile');
  });

  it.each([
    ['settings', settings('http://mail.contoso.test/EWS/Exchange.asmx')],
    [
      'redirect',
      pox(`<Action>redirectUrl</Action><RedirectUrl>http://mail.contoso.test${PATH}</RedirectUrl>`),
    ],
  ])('follows no %s without https', async (_, answer) => {
    const { all, outcome } = await discover({ [HOST]: { pox: answer } });
    expect(outcome).toBe('location-undetermined permanent profile confirm');
    expect(all.filter((url) => url.startsWith('http://mail'))).toEqual([]);
  });

  it('does not call one refused sign-in a wrong password for good, and stops at the second', async () => {
    const once = await discover({ [HOST]: { login: 'no' } });
    expect(once.outcome).toBe('credentials-rejected permanent mailbox confirm');
    const later = await discover({ [ROOT]: { login: 'no' }, [HOST]: { pox: settings(EWS) } });
    expect(later.outcome).toBe(EWS);
    const set = 'https://set.contoso.test/autodiscover/autodiscover.xml';
    const no = { login: 'no' } as const;
    const thrice = await discover({ [set]: no, [ROOT]: no, [HOST]: no }, { configured: set });
    expect(thrice.outcome).toBe('credentials-rejected permanent mailbox');
    expect(thrice.withPassword).toEqual([set, ROOT]);
  });

  it.each([
    ['an error in a good answer', { pox: poxError(500) }, 'mailbox-not-found permanent mailbox'],
    ['an internal error', { pox: poxError(603) }, 'server-unavailable transient profile'],
    [
      'settings without web services',
      { pox: pox('<Action>settings</Action>') },
      'location-undetermined permanent profile',
    ],
    [
      'a web page',
      { pox: '<html><body>Hi</body></html>' },
      'location-undetermined permanent profile confirm',
    ],
    ['silence', { fault: 'DEADLINE' }, 'location-undetermined transient profile'],
    ['a bad moment', { status: 503 }, 'location-undetermined transient profile'],
    [
      'an expired certificate',
      { fault: 'CERT_HAS_EXPIRED' },
      'certificate-expired permanent profile',
    ],
  ] as const)('reads %s', async (_, host, expected) => {
    expect((await discover({ [HOST]: host })).outcome).toBe(expected);
  });

  it('prefers an answer to trouble that came before it', async () => {
    const { outcome } = await discover({
      [ROOT]: { fault: 'CERT_HAS_EXPIRED' },
      [HOST]: { pox: settings(EWS) },
    });
    expect(outcome).toBe(EWS);
  });
});
