import type { DeniedView } from '../../cards/index.ts';
import type { Mailbox } from '../../services/domain/mailbox.ts';
import type { Permission } from '../../services/domain/permission.ts';
import type { World } from './world.ts';

/** Names on the card; an organization can have dozens of administrators. */
const SHOWN = 5;

type Denial = Extract<Permission, { readonly allowed: false }>;

export async function deniedView(
  world: World,
  mailbox: Mailbox,
  denial: Denial,
  canRequest: boolean,
): Promise<DeniedView> {
  const holders = await Promise.all(denial.askRoles.map((role) => world.directory.withRole(role)));
  const names = [...new Set(holders.flat().map((person) => person.name))];
  return {
    reason: denial.reason,
    mailboxName: mailbox.name,
    mailboxId: mailbox.id,
    mailboxVersion: mailbox.version,
    whoMay: names.slice(0, SHOWN),
    canRequest,
  };
}
