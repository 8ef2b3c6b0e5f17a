import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { SWITCH_OFFS, type SwitchOffId } from '../../domain/early-warning.ts';
import { idOf, type TopicId } from '../../domain/ids.ts';
import { type MailService, mailServiceAt } from '../../domain/mail-service.ts';
import { credentialSourceFor, type Endpoint, type Protocol } from '../../domain/profile.ts';
import { type Instant, instantOf } from '../../domain/time.ts';
import type { Problem } from '../../observability/index.ts';
import type { RegisteredProfile } from './registry.ts';

/** A service ends a way of reaching it, on a day that its owner has announced. */
export interface SwitchOff {
  readonly id: SwitchOffId;
  readonly at: Instant;
  readonly topic: TopicId;
  /** Whom it meets: endpoints of this protocol at this service, only those with a password or all. */
  readonly protocol: Protocol;
  readonly service: MailService;
  readonly password: boolean;
}

export type LoadedSwitchOffs =
  | { readonly kind: 'loaded'; readonly switchOffs: readonly SwitchOff[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

const FILE = 'switch-offs.yaml';

const filled = z.string().min(1);
const schema = z.array(
  z.strictObject({
    id: z.enum(SWITCH_OFFS),
    date: z.iso.date(),
    topic: filled,
    meets: z.strictObject({
      protocol: z.enum(['imap', 'pop3', 'smtp', 'ews', 'graph']),
      service: z.enum(['exchange-online', 'gmail', 'yahoo', 'outlook-com']),
      password: z.boolean(),
    }),
    source: z.url(),
    read: z.iso.date(),
  }),
);

/** Reads `<dataDirectory>/switch-offs.yaml`: dates are data, so that a postponement is one line. */
export async function loadSwitchOffs(dataDirectory: string): Promise<LoadedSwitchOffs> {
  const invalid = (path: string, what: string): LoadedSwitchOffs => ({
    kind: 'invalid',
    problems: [{ where: FILE, path, what, remedy: 'Correct the file, or restore it.' }],
  });
  let text: string;
  try {
    text = await readFile(join(dataDirectory, FILE), 'utf8');
  } catch {
    return invalid('', 'cannot be read');
  }
  const parsed = schema.safeParse(parseDocument(text).toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return invalid(issue?.path.join('.') ?? '', issue?.message ?? 'not understood');
  }
  return {
    kind: 'loaded',
    switchOffs: parsed.data.map(({ id, date, topic, meets }) => ({
      id,
      at: instantOf(Date.parse(date)),
      topic: idOf(topic),
      ...meets,
    })),
  };
}

/** The endpoint that it meets, if any; what has been switched off already is no news to anybody. */
export function metBy(
  { protocol, service, password }: SwitchOff,
  used: RegisteredProfile,
): Endpoint | undefined {
  const side = (['incoming', 'outgoing'] as const).find((one) => {
    const endpoint = used.profile[one];
    const meets = endpoint.protocol === protocol && mailServiceAt(endpoint.host) === service;
    return meets && (!password || signsInWithPassword(used, one));
  });
  return side && used.profile[side];
}

function signsInWithPassword(
  { profile, credentials, outgoingCredentials }: RegisteredProfile,
  side: 'incoming' | 'outgoing',
): boolean {
  if (credentialSourceFor(profile, side) === 'mailbox') return true;
  const reference = (side === 'outgoing' ? outgoingCredentials : undefined) ?? credentials;
  return reference?.kind === 'password';
}
