import { idOf, type MailboxId } from '../../services/domain/ids.ts';
import { mailboxById } from '../../services/sync-engine/index.ts';
import { as, type Fault, type Stage } from './fault.ts';

const GUSTAV = 'gustav.global';
const NEAR = 2_900;
const ALL = 3_600;

/** The replica of Exchange Online, and who has approved what. */
export const exchangeOnlineFaults: Readonly<Record<string, Fault>> = {
  'o365-approval': {
    shows: 'o365-approval',
    what: 'The address of Gustav Global, who uses Exchange Online, is approved no more: he approves it again, or heal',
    apply: ({ engine }) => withdraw(engine, idOf('gustav')),
    undo: ({ engine }) => giveBack(engine, idOf('gustav')),
  },
  'approval-required': {
    shows: 'approval-required',
    what: 'The address of Lena Lund is approved no more: Lena is told, and Anna may approve it',
    apply: ({ engine }) => withdraw(engine, idOf('lena')),
    undo: ({ engine }) => giveBack(engine, idOf('lena')),
  },
  'client-secret': {
    shows: 'bad-credentials',
    what: 'The client secret of the Exchange Online profile has expired: Gustav, who owns it, must act',
    apply({ world: { servers } }) {
      servers.graph.clientSecret('a new secret that nobody told Dynamics');
      servers.graph.revokeTokens();
    },
    undo: ({ world: { servers } }) => servers.graph.clientSecret(servers.application.clientSecret),
  },
  'limit-near': {
    shows: 'exchange-online-limits',
    what: `${NEAR} messages arrived for Gustav Global at once: Exchange Online takes ${ALL} an hour. Say: status Gustav`,
    apply: ({ world }) => world.servers.receive(GUSTAV, NEAR),
    undo: emptied,
  },
  'limit-reached': {
    shows: 'exchange-online-limits',
    what: `${ALL} messages arrived for Gustav Global at once: Exchange Online refuses more this hour. Say: status Gustav`,
    apply: ({ world }) => world.servers.receive(GUSTAV, ALL),
    undo: emptied,
  },
};

/** What has arrived has arrived: the hour passes by itself. */
function emptied(): void {
  return undefined;
}

async function withdraw(engine: Stage['engine'], id: MailboxId): Promise<void> {
  await engine.reject(id, as('Gustav'));
}

/** Somebody may have pressed the button before. */
async function giveBack(engine: Stage['engine'], id: MailboxId): Promise<void> {
  const mailbox = await mailboxById(engine, id);
  if (mailbox?.approval.state === 'rejected') await engine.approve(id, as('Gustav'));
}
