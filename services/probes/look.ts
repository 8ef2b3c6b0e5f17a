import type { ServerCertificate } from '../domain/early-warning.ts';
import type { Failure } from '../domain/failure.ts';
import type { Protocol } from '../domain/profile.ts';
import type { ServerInSight } from '../domain/server-sight.ts';
import type { StageResult } from '../domain/test-run.ts';
import { openConnection } from './connect.ts';
import { createHttpChannel } from './http-channel.ts';
import { firstWords, HttpRefusal, refusalEvidence, retryAfterOf } from './http-refusal.ts';
import { awaitGreeting } from './imap.ts';
import { meetImap } from './imap-look.ts';
import { meetPop3 } from './pop3.ts';
import { runSession, type Session } from './session.ts';
import { greet, offersAfterGreeting } from './smtp-greeting.ts';
import { createTrust } from './tls.ts';

export interface LookRequest {
  readonly server: ServerInSight;
  /** Whatever the name leads to: an address that may not be called is not. */
  readonly mayCall: (address: string) => boolean;
  readonly certificateAuthorities: readonly string[];
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

export type LookOutcome =
  | {
      readonly kind: 'seen';
      readonly stages: readonly StageResult[];
      /** Null where all that can be seen without signing in is well. */
      readonly failure: Failure | null;
      readonly certificate: ServerCertificate | null;
      readonly signIn: readonly string[];
    }
  /** All that its name leads to may not be called. */
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'cancelled' };

/** Looks at a mail server without ever signing in: there is no credential that it could send. */
export type Look = (request: LookRequest) => Promise<LookOutcome>;

type Meeting = (session: Session, server: ServerInSight) => Promise<readonly string[]>;

export function createLook(): Look {
  const trust = createTrust();
  return async ({ server, mayCall, ...request }) => {
    let offered: readonly string[] = [];
    const refused: string[] = [];
    const { protocol } = server.endpoint;
    const outcome = await runSession(
      {
        protocol,
        purpose: 'look',
        trust,
        request: {
          ...request,
          endpoint: server.endpoint,
          address: '',
          credentials: { kind: 'none' },
          allowPlaintextCredentials: false,
          mayCall(address) {
            const may = mayCall(address);
            if (!may) refused.push(address);
            return may;
          },
          onStage: () => undefined,
        },
      },
      async (session) => {
        offered = await meetings[protocol](session, server);
        return { lastSeenUid: null, messageCount: null };
      },
    );
    if (outcome.outcome === 'cancelled') return { kind: 'cancelled' };
    const failure = outcome.outcome === 'failed' ? outcome.failure : null;
    if (failure?.stage === 'resolve' && refused.length > 0) return { kind: 'not-allowed' };
    return {
      kind: 'seen',
      stages: outcome.stages,
      failure,
      certificate: outcome.certificates?.at(-1) ?? null,
      signIn: [...new Set(offered)],
    };
  };
}

const meetings: Readonly<Record<Protocol, Meeting>> = {
  async imap(session, { endpoint }) {
    const socket = await openConnection(session, endpoint);
    return meetImap(session, await awaitGreeting(session, socket), endpoint.tls === 'starttls');
  },
  async pop3(session, { endpoint }) {
    const { deadline } = session;
    const client = await meetPop3(session, endpoint);
    const capabilities = await deadline.within(client.capabilities());
    await deadline.within(client.quit()).catch(() => undefined);
    if (capabilities === null) return [];
    const mechanisms = (capabilities.get('SASL') ?? '').toUpperCase().split(' ').filter(Boolean);
    return capabilities.has('USER') ? [...mechanisms, 'USER'] : mechanisms;
  },
  async smtp(session, { endpoint }) {
    const socket = await openConnection(session, endpoint);
    return offersAfterGreeting(session, await greet(session, socket, endpoint.tls === 'starttls'));
  },
  ews: overHttp,
  graph: overHttp,
};

/**
 * A service that wants to know who asks is there. So is one that answers anything else, but that it
 * has nothing at this address, or is out of order.
 */
async function overHttp(
  session: Session,
  { endpoint, url }: ServerInSight,
): Promise<readonly string[]> {
  const { stages } = session;
  const channel = createHttpChannel(session, await openConnection(session, endpoint));
  stages.skip('greeting');
  stages.enter('authenticate');
  const answer = await channel.send({
    method: 'GET',
    url: url ?? `https://${endpoint.host}:${endpoint.port}/`,
    headers: { accept: '*/*', 'user-agent': 'Mailbox-Medic' },
  });
  const { status, headers, text } = answer;
  if (status === 404 || status === 410 || status >= 500) {
    const words = firstWords(text);
    throw new HttpRefusal(status, [], words, retryAfterOf(headers), refusalEvidence(headers));
  }
  return (headers.get('www-authenticate') ?? '')
    .split(/,\s*(?=[A-Za-z]+(?:\s|,|$))/)
    .map((challenge) => /^[A-Za-z]+/.exec(challenge.trim())?.[0] ?? '')
    .filter((scheme) => scheme !== '');
}
