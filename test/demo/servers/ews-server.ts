import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { DOMParser } from '@xmldom/xmldom';
import type { CertificateKind, TestCertificates } from '../../support/test-certificates.ts';
import { createNtlmServer, type NtlmConversation } from './ews-ntlm.ts';
import { answerEws, type EwsRefusal } from './ews-operations.ts';
import { listenOnLoopback } from './loopback-listener.ts';
import { createMailStore, type StoredMessage } from './mail-store.ts';
import { createServerTls } from './server-tls.ts';

export type EwsScheme = 'Basic' | 'NTLM' | 'Negotiate' | 'Bearer';

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface EwsServerOptions {
  readonly certificates: TestCertificates;
  /** Address and password of each mailbox. */
  readonly users: Readonly<Record<string, string>>;
  /** Address of the account that may impersonate; one of the `users`. */
  readonly serviceAccount: string;
}

/**
 * A stand-in for Exchange Server on loopback, built from the documented wire format: Exchange Web
 * Services and autodiscover, with three ways to sign in. It refuses what it does not know.
 */
export interface EwsServer {
  readonly port: number;
  /** PEM of the authority that issued the good certificate. */
  readonly certificateAuthority: string;
  readonly url: string;
  /** The same services at another address, which autodiscover never names. */
  readonly movedUrl: string;
  readonly autodiscoverUrl: string;
  /** `GetFolder`, `POX`, `JSON` and what was refused, in the order of arrival. */
  readonly requests: readonly string[];
  offer(...schemes: readonly EwsScheme[]): void;
  /** Only clients that have seen the server's certificate get in with NTLM. */
  protect(isOn: boolean): void;
  refuse(address: string, refusal: EwsRefusal | null): void;
  /** The web server answers this to everything below the path, before Exchange sees it. */
  answer(path: string, answer: HttpAnswer | null): void;
  /** What is accepted from now on reaches nobody. */
  loseMessages(): void;
  /** The server is of this release: it knows this schema and older ones. */
  release(newest: (typeof SCHEMAS)[number]): void;
  password(address: string, value: string): void;
  /** The server's rule about passwords, as Active Directory has it. */
  passwordEnds(address: string, at: string | null): void;
  /** The one token that is taken; its bearer is the service account. */
  accessToken(value: string): void;
  certificate(kind: CertificateKind): void;
  messages(address: string): readonly StoredMessage[];
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

const SCHEMAS = ['Exchange2010', 'Exchange2010_SP2', 'Exchange2013', 'Exchange2013_SP1'] as const;
const MOVED = '/New/EWS/Exchange.asmx';
const WINDOWS_DOMAIN = 'CONTOSO';
const SETTINGS = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

export async function startEwsServer(options: EwsServerOptions): Promise<EwsServer> {
  const { certificates, users, serviceAccount } = options;
  const passwords = new Map(Object.entries(users));
  const store = createMailStore(
    Object.entries(users).map(([address, password]) => ({ address, password })),
  );
  const tls = createServerTls(certificates.leaf.good);
  const refusals = new Map<string, EwsRefusal>();
  const answers = new Map<string, HttpAnswer>();
  const requests: string[] = [];
  const conversations = new WeakMap<object, NtlmConversation>();
  const signedIn = new WeakMap<object, string>();
  let schemes: readonly EwsScheme[] = ['Negotiate', 'NTLM'];
  let isProtected = false;
  const passwordEnds = new Map<string, string | null>();
  let isLosing = false;
  let token: string | null = null;
  let known: readonly string[] = SCHEMAS;

  const addressOf = (userName: string): string | null => {
    const [domain, user] = userName.includes('\\') ? userName.split('\\') : ['', userName];
    if (domain !== '' && domain !== WINDOWS_DOMAIN) return null;
    const known = [...passwords.keys()].find(
      (address) => address === user || (domain !== '' && address.startsWith(`${user ?? ''}@`)),
    );
    return known ?? null;
  };
  const ntlm = () =>
    createNtlmServer({
      domain: WINDOWS_DOMAIN,
      computer: 'EX01',
      passwordOf: (userName) => passwords.get(addressOf(userName) ?? '') ?? null,
      protection: isProtected
        ? { certificate: certificates.leaf.good.cert, service: 'HTTP/localhost' }
        : null,
    });

  /** The address, or how the server asks for one. */
  function signIn(request: IncomingMessage): string | HttpAnswer {
    const { socket } = request;
    const already = signedIn.get(socket);
    const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme === '' && already !== undefined) return already;
    const challenge: HttpAnswer = {
      status: 401,
      headers: { 'www-authenticate': schemes.map(challengeFor).join(', ') },
    };
    if (!(schemes as readonly string[]).includes(scheme)) return challenge;
    if (scheme === 'Bearer') return value === token ? serviceAccount : challenge;
    const bytes = Buffer.from(value, 'base64');
    if (scheme === 'Basic') {
      const pair = bytes.toString();
      const address = addressOf(pair.slice(0, pair.indexOf(':')));
      const isRight = passwords.get(address ?? '') === pair.slice(pair.indexOf(':') + 1);
      return address !== null && isRight ? address : challenge;
    }
    const conversation = conversations.get(socket);
    conversations.delete(socket);
    if (conversation === undefined) {
      const begun = ntlm().begin(bytes);
      if (begun === null) return challenge;
      conversations.set(socket, begun);
      return {
        status: 401,
        headers: { 'www-authenticate': `${scheme} ${begun.challenge.toString('base64')}` },
      };
    }
    const address = addressOf(ntlm().accept(conversation, bytes) ?? '');
    if (address === null) return challenge;
    signedIn.set(socket, address);
    return address;
  }

  async function answerTo(request: IncomingMessage): Promise<HttpAnswer> {
    const body = await text(request).catch(() => '');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://localhost');
    for (const [path, answer] of answers) if (pathname.startsWith(path)) return answer;
    const route = `${request.method ?? ''} ${pathname.toLowerCase()}`;
    if (route.startsWith('GET /autodiscover/autodiscover.json/v1.0/')) {
      requests.push('JSON');
      const address = decodeURIComponent(pathname.split('/').at(-1) ?? '');
      return json(address, searchParams.get('Protocol') ?? '');
    }
    if (route === 'POST /autodiscover/autodiscover.xml') {
      const who = signIn(request);
      requests.push(typeof who === 'string' ? 'POX' : 'POX refused');
      return typeof who === 'string' ? pox(body) : who;
    }
    if (route !== 'POST /ews/exchange.asmx' && route !== `POST ${MOVED.toLowerCase()}`) {
      requests.push(route);
      return {
        status: 404,
        body: '<html><title>404 - File or directory not found.</title></html>',
      };
    }
    const account = signIn(request);
    if (typeof account !== 'string') {
      requests.push('EWS refused');
      return account;
    }
    const { operation, status, xml } = answerEws(
      {
        store,
        serviceAccount,
        refusalFor: (address) => refusals.get(address) ?? null,
        delivers: () => !isLosing,
        passwordEndsAt: (address) => passwordEnds.get(address) ?? null,
        schemas: () => known,
      },
      {
        xml: body,
        account,
        anchorMailbox: request.headers['x-anchormailbox'] as string | undefined,
      },
    );
    requests.push(operation);
    return { status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: xml };
  }

  function json(address: string, protocol: string): HttpAnswer {
    const refusal = (status: number, ErrorCode: string): HttpAnswer => ({
      status,
      body: JSON.stringify({ ErrorCode, ErrorMessage: 'It was refused.' }),
    });
    if (protocol !== 'EWS') return refusal(400, 'InvalidProtocol');
    if (!store.has(address)) return refusal(404, 'UserNotFound');
    return { status: 200, body: JSON.stringify({ Protocol: 'EWS', Url: server.url }) };
  }

  function pox(body: string): HttpAnswer {
    const document = new DOMParser({ onError: () => undefined }).parseFromString(body, 'text/xml');
    const address = document.getElementsByTagName('EMailAddress')[0]?.textContent ?? '';
    const content = store.has(address)
      ? `<Response xmlns="${SETTINGS}"><Account><AccountType>email</AccountType><Action>settings</Action>` +
        `<Protocol><Type>EXPR</Type><EwsUrl>${server.url}</EwsUrl></Protocol></Account></Response>`
      : '<Response><Error Time="0" Id="1"><ErrorCode>500</ErrorCode><Message>The email address can\'t be found.</Message></Error></Response>';
    return {
      status: 200,
      body: `<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">${content}</Autodiscover>`,
    };
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, headers, body } = await answerTo(request);
    const asked = request.headers['client-request-id'];
    response.setHeader('x-feserver', 'EX01');
    response.setHeader(
      'request-id',
      `00000000-0000-4000-8000-${String(requests.length).padStart(12, '0')}`,
    );
    if (typeof asked === 'string') response.setHeader('client-request-id', asked);
    // Not chained: restify, which runs in the demo's process, replaces writeHead by one that returns nothing.
    response.writeHead(status, headers);
    response.end(body);
  }

  const http = createServer((request, response) => void respond(request, response));
  const listener = await listenOnLoopback((socket) =>
    tls.accept(socket, (secured) => http.emit('connection', secured)),
  );
  const base = `https://localhost:${listener.port}`;
  const server: EwsServer = {
    port: listener.port,
    certificateAuthority: certificates.authority,
    url: `${base}/EWS/Exchange.asmx`,
    movedUrl: `${base}${MOVED}`,
    autodiscoverUrl: `${base}/autodiscover/autodiscover.xml`,
    requests,
    offer(...offered) {
      schemes = offered;
    },
    protect(isOn) {
      isProtected = isOn;
    },
    refuse(address, refusal) {
      if (refusal === null) refusals.delete(address);
      else refusals.set(address, refusal);
    },
    answer(path, answer) {
      if (answer === null) answers.delete(path);
      else answers.set(path, answer);
    },
    loseMessages() {
      isLosing = true;
    },
    release(newest) {
      known = SCHEMAS.slice(0, SCHEMAS.indexOf(newest) + 1);
    },
    password: (address, value) => void passwords.set(address, value),
    passwordEnds: (address, at) => void passwordEnds.set(address, at),
    accessToken(value) {
      token = value;
    },
    certificate: (kind) => tls.show(certificates.leaf[kind]),
    messages: (address) => store.messages(address),
    down: () => listener.down(),
    up: () => listener.up(),
    stop: () => listener.down(),
  };
  return server;
}

function challengeFor(scheme: EwsScheme): string {
  if (scheme === 'Basic') return 'Basic realm="localhost"';
  return scheme === 'Bearer' ? 'Bearer client_id="exchange", trusted_issuers="tenant"' : scheme;
}
