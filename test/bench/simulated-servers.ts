import { setTimeout } from 'node:timers/promises';
import { SECOND_MS } from '../../services/domain/time.ts';
import type {
  MessageSender,
  Probe,
  ProbeOutcome,
  ProbeRequest,
} from '../../services/probes/index.ts';
import type { Random } from '../generated/random.ts';

/** Hosts that answer quickly, slowly, and never; by the first label of their name. */
const ANSWERS_AFTER_MS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  quick: [40, 250],
  cloud: [150, 900],
  slow: [4 * SECOND_MS, 20 * SECOND_MS],
};
/** Of the looks at an inbox, how many find new mail. */
const HAS_MAIL = 0.03;

export interface SimulatedServers {
  readonly probes: Readonly<Partial<Record<'imap' | 'smtp', Probe>>>;
  readonly senders: Readonly<Partial<Record<'smtp', MessageSender>>>;
  readonly sessions: () => { readonly begun: number; readonly most: number };
}

/** Mail servers without a network: what remains is what the engine itself costs. */
export function createSimulatedServers(random: Random): SimulatedServers {
  let begun = 0;
  let open = 0;
  let most = 0;
  let uid = 0;

  async function session({
    endpoint,
    deadlineMs,
    signal,
  }: Pick<ProbeRequest, 'endpoint' | 'deadlineMs' | 'signal'>): Promise<ProbeOutcome> {
    begun += 1;
    open += 1;
    most = Math.max(most, open);
    const [kind = ''] = endpoint.host.split('.');
    const range = ANSWERS_AFTER_MS[kind];
    const [least, longest] = range ?? [deadlineMs, deadlineMs];
    try {
      await setTimeout(least + random.next() * (longest - least), undefined, { signal });
    } catch {
      return { outcome: 'cancelled', stages: [] };
    } finally {
      open -= 1;
    }
    if (range === undefined) {
      return {
        outcome: 'failed',
        stages: [],
        failure: {
          scope: 'profile',
          nature: 'transient',
          stage: 'connect',
          reason: 'timeout',
          needsConfirmation: false,
          evidence: [],
        },
      };
    }
    const hasMail = random.next() < HAS_MAIL;
    uid += hasMail ? 1 : 0;
    return {
      outcome: 'passed',
      stages: [],
      lastSeenUid: hasMail ? String(uid) : null,
      messageCount: null,
    };
  }

  return {
    probes: {
      imap: { protocol: 'imap', run: session },
      smtp: { protocol: 'smtp', run: session },
    },
    senders: { smtp: { send: session } },
    sessions: () => ({ begun, most }),
  };
}
