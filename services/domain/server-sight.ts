import type { ServerCertificate } from './early-warning.ts';
import type { FailureReason } from './failure.ts';
import type { Direction } from './mailbox.ts';
import type { EmailServerProfile, Endpoint } from './profile.ts';
import type { Instant } from './time.ts';

export const SIGHT_OUTCOMES = ['well', 'wrong', 'unreached', 'not-looked'] as const;

/**
 * `well`: all that can be seen without signing in; `wrong`: it was reached, and something about it is
 * not as it must be; `unreached`: which may be the bot's own network; `not-looked`: its address is one
 * that nobody outside may be made to call.
 */
export type SightOutcome = (typeof SIGHT_OUTCOMES)[number];

/** What the bot's own machine saw of a mail server, without signing in. */
export interface ServerSight {
  /** Equal for the same server, whichever profile names it. */
  readonly id: string;
  readonly endpoint: Endpoint;
  readonly outcome: SightOutcome;
  /** What was wrong; null where nothing was, or nothing was looked at. */
  readonly reason: FailureReason | null;
  /** Null where it showed none, or one that is not trusted: see `certificateEndsAt`. */
  readonly certificate: ServerCertificate | null;
  /** Also of a certificate that is refused. */
  readonly certificateEndsAt: Instant | null;
  /** The ways to sign in that it names. */
  readonly signIn: readonly string[];
  readonly at: Instant;
}

/** A server as one mailbox uses it. */
export interface SeenServer {
  readonly directions: readonly Direction[];
  readonly sight: ServerSight;
}

/** A server to be looked at. */
export interface ServerInSight {
  readonly endpoint: Endpoint;
  /** Of a service over HTTP. */
  readonly url: string | null;
  readonly directions: readonly Direction[];
}

const EMAIL: readonly Direction[] = ['incoming', 'outgoing'];
const ALL: readonly Direction[] = [...EMAIL, 'act'];
const GRAPH = 'https://graph.microsoft.com/v1.0/';
const WORLDWIDE_EXCHANGE = 'outlook.office365.com';

/** The servers by which mail of an address comes and goes, as far as the profile and the address tell. */
export function serversInSight(
  profile: EmailServerProfile,
  address: string,
): readonly ServerInSight[] {
  const { incoming, outgoing, serverType, location, autodiscover } = profile;
  switch (serverType) {
    case 'imap-smtp':
    case 'pop3-smtp':
      return [
        { endpoint: incoming, url: null, directions: ['incoming'] as const },
        { endpoint: outgoing, url: null, directions: ['outgoing'] as const },
      ].filter(({ endpoint }) => endpoint.host !== '');
    case 'exchange-online': {
      if (incoming.protocol === 'graph') return [overHttp('graph', GRAPH, ALL)];
      const service = overHttp('ews', `https://${incoming.host}/EWS/Exchange.asmx`, ALL);
      // Which of the two Dynamics 365 uses is Microsoft's to decide, and changes.
      return incoming.host === WORLDWIDE_EXCHANGE
        ? [service, overHttp('graph', GRAPH, ALL)]
        : [service];
    }
    case 'exchange-server': {
      if (location !== undefined) return [overHttp('ews', location, ALL)];
      const domain = address.slice(address.lastIndexOf('@') + 1);
      const service = `https://autodiscover.${domain}/autodiscover/autodiscover.xml`;
      return autodiscover && domain !== '' && URL.canParse(service)
        ? [overHttp('ews', service, ALL)]
        : [];
    }
  }
}

function overHttp(
  protocol: 'ews' | 'graph',
  url: string,
  directions: readonly Direction[],
): ServerInSight {
  const { hostname, port, protocol: scheme } = new URL(url);
  const encrypted = scheme === 'https:';
  const usual = encrypted ? 443 : 80;
  return {
    endpoint: {
      protocol,
      host: hostname,
      port: port === '' ? usual : Number(port),
      tls: encrypted ? 'implicit' : 'none',
    },
    url,
    directions,
  };
}

export function sightId({ endpoint: { protocol, host, port, tls }, url }: ServerInSight): string {
  return url === null ? `${protocol}:${tls}:${host.toLowerCase()}:${port}` : `${protocol}:${url}`;
}

/** Whether two looks at a server tell people the same. */
export function saysTheSame(a: ServerSight, b: ServerSight): boolean {
  return (
    a.outcome === b.outcome &&
    a.reason === b.reason &&
    a.certificateEndsAt === b.certificateEndsAt &&
    a.signIn.join() === b.signIn.join()
  );
}
