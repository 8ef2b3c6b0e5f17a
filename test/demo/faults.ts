import type { DemoWorld } from './world.ts';

/** What `npm run demo:break` can do; each is undone by `npm run demo:heal`. */
interface Fault {
  readonly what: string;
  readonly apply: (world: DemoWorld) => Promise<void> | void;
  readonly undo: (world: DemoWorld) => Promise<void> | void;
}

export const faults: Readonly<Record<string, Fault>> = {
  'wrong-password': {
    what: 'Erik Ek’s password was changed on the mail server: his mailbox fails, his alone',
    apply: ({ servers }) => servers.password('erik.ek', 'a new password that nobody told Dynamics'),
    undo: ({ servers, passwordOf }) => servers.password('erik.ek', passwordOf('erik.ek')),
  },
  'expired-certificate': {
    what: 'The certificate of Contoso’s mail server has expired: every mailbox of the profile fails',
    apply: ({ servers }) => servers.certificate('expired'),
    undo: ({ servers }) => servers.certificate('good'),
  },
  'server-down': {
    what: 'Contoso’s mail server refuses connections: ten retries, then the mailboxes are disabled',
    apply: ({ servers }) => servers.down(),
    undo: ({ servers }) => servers.up(),
  },
};

export async function healAll(world: DemoWorld): Promise<void> {
  for (const fault of Object.values(faults)) await fault.undo(world);
}
