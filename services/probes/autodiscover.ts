import { type AutodiscoverFindings, createFindings } from './autodiscover-findings.ts';
import { poxRequest, readJson, readPox } from './autodiscover-reply.ts';
import type { HttpAnswer, HttpRequest } from './http-channel.ts';
import { HttpRefusal } from './http-refusal.ts';

/** What autodiscover needs of the network. */
export interface AutodiscoverWire {
  /** Rejects with what the network did, and with a HttpRefusal when `signIn` was turned down. */
  ask(question: Question): Promise<HttpAnswer>;
  /** SRV records, best first. */
  services(name: string): Promise<readonly { readonly name: string; readonly port: number }[]>;
  note(what: string): void;
  /** Throws when the session's time is up or the caller has cancelled. */
  throwIfOver(): void;
}

export interface Question extends HttpRequest {
  readonly signIn: boolean;
}

interface Service {
  readonly url: string;
  /** Named by the profile, or by a service that is itself trusted: it may have the password. */
  readonly isTrusted: boolean;
}

/** Microsoft's own limit for clients. */
const MOST_HOPS = 10;
const PATH = '/autodiscover/autodiscover.xml';

type Answer =
  | { readonly kind: 'found'; readonly url: string }
  | { readonly kind: 'other-address'; readonly address: string }
  | { readonly kind: 'other-service'; readonly service: Service }
  | null;

/**
 * Finds the Exchange Web Services of a mailbox (mail-probe.md §6). Each service is asked without
 * credentials first, in version 2 and then in POX. The password goes over https only, and only to a
 * host of the mailbox's own domain or one that a host of that kind has named in an answer: anybody can
 * register a domain that an unanswered client might try next, and an SRV record can be forged.
 */
export async function discoverEws(
  wire: AutodiscoverWire,
  address: string,
  configuredUrl: string | null,
): Promise<string> {
  const search: Search = {
    wire,
    findings: createFindings((what) => wire.note(what)),
    domains: new Set(),
    asked: new Set(),
    hops: 0,
  };
  const addresses = new Set<string>();
  for (let sought = address; ; ) {
    if (addresses.has(sought.toLowerCase())) search.findings.loop(sought);
    else {
      addresses.add(sought.toLowerCase());
      const domain = domainOf(sought);
      search.domains.add(domain);
      const configured = sought === address ? configuredUrl : null;
      const answer = await askServices(search, sought, domain, configured);
      if (answer?.kind === 'found') return answer.url;
      if (answer?.kind === 'other-address') {
        sought = answer.address;
        continue;
      }
    }
    throw search.findings.conclusion();
  }
}

interface Search {
  readonly wire: AutodiscoverWire;
  readonly findings: AutodiscoverFindings;
  /** Domains whose hosts may have the password. */
  readonly domains: Set<string>;
  /** `address url`, so that no service is asked twice about the same. */
  readonly asked: Set<string>;
  hops: number;
}

async function askServices(
  search: Search,
  address: string,
  domain: string,
  configuredUrl: string | null,
): Promise<Exclude<Answer, { kind: 'other-service' }>> {
  for await (const first of servicesOf(search, domain, configuredUrl)) {
    const chain = new Set<string>();
    for (let service = first; ; ) {
      if (chain.has(service.url)) {
        search.findings.loop(service.url);
        break;
      }
      chain.add(service.url);
      const key = `${address} ${service.url}`;
      if (search.asked.has(key)) break;
      search.asked.add(key);
      search.wire.throwIfOver();
      const answer: Answer = await askService(search, address, service);
      search.wire.throwIfOver();
      if (answer === null) break;
      if (answer.kind === 'found') return answer;
      search.hops += 1;
      if (search.hops > MOST_HOPS) {
        search.findings.loop(service.url);
        return null;
      }
      if (answer.kind === 'other-address') return answer;
      service = answer.service;
    }
  }
  return null;
}

/** In the documented order; the directory's own list (SCP) needs a Windows domain and is left out. */
async function* servicesOf(
  { wire, findings }: Search,
  domain: string,
  configuredUrl: string | null,
): AsyncGenerator<Service> {
  if (configuredUrl !== null) yield { url: configuredUrl, isTrusted: true };
  yield { url: `https://${domain}${PATH}`, isTrusted: false };
  yield { url: `https://autodiscover.${domain}${PATH}`, isTrusted: false };
  const plain = `http://autodiscover.${domain}${PATH}`;
  try {
    // Without credentials, and only to be sent on to https.
    const answer = await wire.ask({ method: 'GET', url: plain, headers: {}, signIn: false });
    const url = locationOf(answer, plain);
    if (url !== null) yield { url, isTrusted: false };
  } catch (error) {
    findings.unreachable(plain, error, false);
  }
  wire.throwIfOver();
  const name = `_autodiscover._tcp.${domain}`;
  // No record is the usual case, and a broken resolver has shown itself above.
  const records = await wire.services(name).catch(() => []);
  if (records.length === 0) wire.note(`SRV ${name}: no record`);
  for (const { name: host, port } of records) {
    yield {
      url: `https://${host}${port === 443 ? '' : `:${port}`}${PATH}`,
      isTrusted: false,
    };
  }
}

async function askService(search: Search, address: string, service: Service): Promise<Answer> {
  const { wire, findings } = search;
  const { url } = service;
  const mayHavePassword = service.isTrusted || isOwn(search, url);
  const accept = (found: string): Answer => {
    if (!isHttps(found)) return findings.insecure(found);
    if (!mayHavePassword) return findings.foreign(url);
    return { kind: 'found', url: found };
  };
  try {
    const json = new URL(
      `/autodiscover/autodiscover.json/v1.0/${encodeURIComponent(address)}?Protocol=EWS`,
      url,
    ).href;
    const second = await wire.ask({
      method: 'GET',
      url: json,
      headers: { accept: 'application/json' },
      signIn: false,
    });
    const reply = readJson(second.text);
    if (second.status === 200 && reply.kind === 'found') return accept(reply.url);
    if (reply.kind === 'refused') findings.refused(json, reply.refusal);

    const pox = await askPox(search, address, url, mayHavePassword);
    if (pox === null) return null;
    const location = locationOf(pox, url);
    // Sent on by the web server, not by an answer about the mailbox: that vouches for nobody.
    if (location !== null)
      return { kind: 'other-service', service: { url: location, isTrusted: false } };
    const answer = readPox(pox.text);
    switch (answer.kind) {
      case 'found':
        return accept(answer.url);
      case 'refused':
        findings.refused(url, answer.refusal);
        return null;
      case 'no-answer':
        findings.status(url, pox.status);
        return null;
      case 'other-address':
        if (!mayHavePassword) return findings.foreign(url);
        return answer;
      case 'other-service':
        if (!isHttps(answer.url)) return findings.insecure(answer.url);
        return {
          kind: 'other-service',
          service: { url: answer.url, isTrusted: mayHavePassword },
        };
    }
  } catch (error) {
    wire.throwIfOver();
    if (error instanceof HttpRefusal) throw error;
    return findings.unreachable(url, error, service.isTrusted || url.includes('//autodiscover.'));
  }
}

/** Null where the answer is that we may not ask. */
async function askPox(
  { wire, findings }: Search,
  address: string,
  url: string,
  mayHavePassword: boolean,
): Promise<HttpAnswer | null> {
  const question: Omit<Question, 'signIn'> = {
    method: 'POST',
    url,
    headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml' },
    body: poxRequest(address),
  };
  const answer = await wire.ask({ ...question, signIn: false });
  if (answer.status !== 401) return answer;
  if (!mayHavePassword) return findings.foreign(url);
  try {
    return await wire.ask({ ...question, signIn: true });
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw error;
    // Throws at the second: more would only lock the account.
    return findings.signInRefused(url, error);
  }
}

/** Where a redirect leads, over https alone. */
function locationOf(answer: HttpAnswer, base: string): string | null {
  const location = answer.headers.get('location');
  if (answer.status < 300 || answer.status >= 400 || location === null) return null;
  const url = URL.canParse(location, base) ? new URL(location, base).href : '';
  return isHttps(url) ? url : null;
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}

function isOwn({ domains }: Search, url: string): boolean {
  const { hostname } = new URL(url);
  return [...domains].some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
