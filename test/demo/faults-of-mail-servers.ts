import { idOf } from '../../services/domain/ids.ts';
import { as, type Fault } from './fault.ts';
import type { MailServer } from './servers/mail-server.ts';
import type { DemoWorld } from './world.ts';

/** Contoso's IMAP, POP3 and SMTP servers. */
export const mailServerFaults: Readonly<Record<string, Fault>> = {
  'wrong-password': {
    shows: 'gmail',
    what: 'Erik Ek’s password was changed on the mail server: his mailbox fails, his alone',
    apply: ({ world }) =>
      world.servers.password('erik.ek', 'a new password that nobody told Dynamics'),
    undo: ({ world }) => world.servers.password('erik.ek', world.passwordOf('erik.ek')),
  },
  'pop3-password': {
    shows: 'gmail',
    what: 'The POP3 server wants an application password from Olle Olsson, as Gmail does: Olle is told',
    apply: ({ world }) => world.servers.password('olle.olsson', 'an application password'),
    undo: ({ world }) => world.servers.password('olle.olsson', world.passwordOf('olle.olsson')),
  },
  'expired-certificate': {
    shows: 'secure-connection',
    what: 'The certificate of Contoso’s mail server has expired: every mailbox of its profiles fails',
    apply: ({ world }) => {
      for (const server of mailServersOf(world)) server.certificate('expired');
    },
    undo: ({ world }) => {
      for (const server of mailServersOf(world)) server.certificate('good');
    },
  },
  'certificate-expires-soon': {
    shows: 'secure-connection',
    what: 'The certificate of Contoso’s mail server ends in 20 days: the owners of its profiles are warned while everything works',
    apply: ({ world }) => {
      for (const server of mailServersOf(world)) server.certificate('expires-soon');
    },
    undo: ({ world }) => {
      for (const server of mailServersOf(world)) server.certificate('good');
    },
  },
  'server-down': {
    shows: 'connection-failed',
    what: 'Contoso’s mail server refuses connections: ten retries, then the mailboxes are disabled',
    apply: ({ world }) => each(mailServersOf(world), (server) => server.down()),
    undo: ({ world }) => each(mailServersOf(world), (server) => server.up()),
  },
  'pending-send': {
    shows: 'pending-send',
    what:
      'Contoso’s SMTP server is away, and a message of Erik Ek and one of Anna Admin wait with the status ' +
      'Pending Send: his is retried, hers is not sent before her mailbox is enabled. Say: status Erik, status Anna',
    async apply({ world, engine }) {
      await world.servers.smtp.down();
      for (const [id, name] of [
        ['erik', 'Erik'],
        ['anna', 'Anna'],
      ] as const) {
        const message = { subject: 'Offert 4711', to: ['kund@fabrikam.example'], text: 'Hej!' };
        await engine.submit({ mailboxId: idOf(id), ...message }, as(name));
      }
    },
    undo: ({ world }) => world.servers.smtp.up(),
  },
  'unsupported-configuration': {
    shows: 'unsupported-configurations',
    what:
      'Anna Admin wanted the server to synchronize the appointments of Olle Olsson, whose server speaks POP3: ' +
      'refused, nothing has changed. Ask in chat: is ACT over POP3 supported?',
    async apply({ engine }) {
      await engine.changeActMethod(idOf('olle'), 'server-side-synchronization', as('Anna'));
    },
    undo: () => undefined,
  },
  'insecure-credentials': {
    shows: 'insecure-credentials',
    what:
      'Anna Admin tested the mailbox Skrivaren, whose profile speaks without TLS: its password is not sent. ' +
      'Nothing is broken, so nothing heals: the profile needs another TLS mode. Say: status Skrivaren',
    async apply({ engine }) {
      await engine.testAndEnable(idOf('skrivaren'), as('Anna'));
    },
    undo: () => undefined,
  },
};

/** Without the replica of Graph, which stands for somebody else's servers. */
function mailServersOf({ servers: { imap, pop3, smtp } }: DemoWorld): readonly MailServer[] {
  return [imap, pop3, smtp];
}

async function each<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  await Promise.all(items.map(work));
}
