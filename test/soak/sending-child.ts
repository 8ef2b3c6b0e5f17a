import { idOf, type MailboxId } from '../../services/domain/ids.ts';
import type { Endpoint } from '../../services/domain/profile.ts';
import { createProbes } from '../../services/probes/index.ts';
import { createTimerScheduler } from '../../services/scheduler/index.ts';
import { openFileStore } from '../../services/store/index.ts';
import { createEmbeddedEngine } from '../../services/sync-engine/index.ts';
import { largeRegistry } from '../support/large-registry.ts';
import { silentLog } from '../support/silent-log.ts';

/** What the parent tells on the command line, as JSON. */
export interface SendingOrder {
  readonly directory: string;
  readonly incoming: Endpoint;
  readonly outgoing: Endpoint;
  readonly authority: string;
  readonly password: string;
  readonly domain: string;
  readonly to: string;
  readonly mailboxes: number;
  readonly messages: number;
}

/** Two minutes of the schedule in two seconds. */
const SPEED = 60;

// An engine that is killed while it sends: each start hands in the same messages under the same keys.
const order = JSON.parse(process.argv[2] ?? '') as SendingOrder;
const { directory, incoming, outgoing, mailboxes, messages } = order;
const scheduler = createTimerScheduler({ log: silentLog, speed: SPEED });
const store = await openFileStore({ directory, log: silentLog, clock: scheduler });
const registry = largeRegistry(
  [{ profile: 'imap', mailboxes, incoming, outgoing, certificateAuthorities: [order.authority] }],
  { password: order.password, domain: order.domain },
);
const engine = createEmbeddedEngine({
  registry,
  store,
  scheduler,
  ...createProbes(),
  alertFor: ({ reason }) => idOf(`topic-of-${reason}`),
  log: silentLog,
  onProcessed(turn) {
    if (turn.direction === 'outgoing' && turn.outcome !== 'idle') void tell();
  },
});
await engine.start(async () => undefined);
const ids: readonly MailboxId[] = [...registry.mailboxes.keys()];
await Promise.all(
  Array.from({ length: messages }, (_, number) =>
    engine.submit(
      {
        mailboxId: ids[number % ids.length] ?? idOf(''),
        subject: `Offer ${number}`,
        to: [order.to],
        text: 'Hello',
      },
      {
        actor: { userId: idOf('soak') },
        idempotencyKey: `offer-${number}`,
        signal: new AbortController().signal,
      },
    ),
  ),
);
console.log('handed in');
await tell();

async function tell(): Promise<void> {
  const all = await store.find('outgoingMessages');
  const sent = all.filter(({ state }) => state === 'sent');
  console.log(`sent ${sent.length} of ${all.length}`);
  if (sent.length < messages) return;
  console.log(`done ${JSON.stringify(sent.map(({ messageId }) => messageId))}`);
}
