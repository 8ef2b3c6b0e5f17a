import { Resolver } from 'node:dns/promises';
import { type AutodiscoverWire, discoverEws } from './autodiscover.ts';
import { startDeadline } from './deadline.ts';
import type { EntraTokens } from './entra-token.ts';
import { signInOver } from './ews-sign-in.ts';
import { createHttpChannel } from './http-channel.ts';
import type { ExchangeAccess, ProbeCredentials } from './probe.ts';
import type { Session } from './session.ts';

/** One silent candidate must not use up the time of those after it. */
const LONGEST_QUESTION_MS = 10_000;
const SHARE_OF_THE_REST = 3;

/** Exchange moves mailboxes between servers rarely, and a failed session forgets at once. */
const KEPT_MS = 3_600_000;
/** Several organizations' worth of mailboxes. */
const MOST_KEPT = 50_000;

interface Sought {
  readonly access: ExchangeAccess;
  readonly address: string;
  readonly credentials: ProbeCredentials;
  readonly tokens: EntraTokens;
}

/** Where the Exchange Web Services of a mailbox are: as configured, as known, or as autodiscover says. */
export interface EwsLocations {
  find(session: Session, sought: Sought): Promise<string>;
  forget(access: ExchangeAccess, address: string): void;
}

export function createEwsLocations(): EwsLocations {
  const known = new Map<string, { readonly url: string; readonly untilMs: number }>();
  return {
    async find(session, sought) {
      const { access, address } = sought;
      if (access.url !== null) return access.url;
      const key = keyOf(access, address);
      const kept = known.get(key);
      if (kept !== undefined && kept.untilMs > performance.now()) return kept.url;
      const url = await discoverEws(wireOf(session, sought), address, access.autodiscoverUrl);
      if (known.size >= MOST_KEPT) known.clear();
      known.set(key, { url, untilMs: performance.now() + KEPT_MS });
      return url;
    },
    forget: (access, address) => void known.delete(keyOf(access, address)),
  };
}

function keyOf({ autodiscoverUrl }: ExchangeAccess, address: string): string {
  return `${autodiscoverUrl ?? ''} ${address.toLowerCase()}`;
}

function wireOf(session: Session, { access, credentials, tokens }: Sought): AutodiscoverWire {
  const { authentication } = access;
  return {
    note: (what) => session.stages.note('endpoint', what),
    throwIfOver: () => session.deadline.signal.throwIfAborted(),
    async ask({ signIn, ...request }) {
      const budgetMs = Math.min(
        LONGEST_QUESTION_MS,
        session.deadline.remainingMs() / SHARE_OF_THE_REST,
      );
      const deadline = startDeadline(budgetMs, session.deadline.signal);
      const opened: Parameters<Session['own']>[0][] = [];
      const one: Session = {
        ...session,
        deadline,
        own(resource) {
          opened.push(resource);
          session.own(resource);
        },
      };
      const channel = createHttpChannel(one);
      try {
        return await (signIn
          ? signInOver({ session: one, channel, credentials, authentication, tokens })
          : channel
        ).send(request);
      } finally {
        deadline.dispose();
        for (const resource of opened) resource.destroy();
      }
    },
    async services(name) {
      const resolver = new Resolver({ timeout: 2_000, tries: 2 });
      session.own({ destroy: () => resolver.cancel() });
      const records = await session.deadline.within(resolver.resolveSrv(name));
      return [...records].sort((a, b) => a.priority - b.priority || b.weight - a.weight);
    },
  };
}
