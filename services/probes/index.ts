import type { Protocol } from '../domain/profile.ts';
import { createEwsProbe } from './ews.ts';
import { createGraphProbe } from './graph.ts';
import { createImapProbe } from './imap.ts';
import { createMailTokens } from './mail-token.ts';
import { createPop3Probe } from './pop3.ts';
import type { MessageSender, Probe } from './probe.ts';
import { createSmtpProbe } from './smtp.ts';
import { createTrust } from './tls.ts';

export { channelBindingOf } from './channel-binding.ts';
export { createLook, type Look, type LookOutcome } from './look.ts';
export { type Arrival, findMessage } from './message-finder.ts';
export { authenticateMessage, challengeOf, identityOf, negotiateMessage } from './ntlm.ts';
export { hostTrouble, mayBeCalled } from './own-address.ts';
export type {
  ExchangeAccess,
  MessageSender,
  Probe,
  ProbeCredentials,
  ProbeOutcome,
  ProbeRequest,
} from './probe.ts';

export { secretsIn, type TokenSource } from './token-source.ts';
export { parseXml } from './xml.ts';

export interface Probes {
  /** A protocol without a probe is absent, and what uses it says `unsupported-configuration`. */
  readonly probes: Readonly<Partial<Record<Protocol, Probe>>>;
  readonly senders: Readonly<Partial<Record<Protocol, MessageSender>>>;
}

/** One set for the process: probes share parsed certificate authorities and nothing else. */
export function createProbes(): Probes {
  const trust = createTrust();
  const tokens = createMailTokens();
  const smtp = createSmtpProbe(trust, tokens);
  const graph = createGraphProbe(trust);
  const ews = createEwsProbe(trust);
  return {
    probes: {
      imap: createImapProbe(trust, tokens),
      pop3: createPop3Probe(trust, tokens),
      smtp,
      graph,
      ews,
    },
    senders: { smtp, graph, ews },
  };
}
