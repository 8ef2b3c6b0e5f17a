import { welcomeCard } from '../../../cards/index.ts';
import { hasRole } from '../../../services/domain/person.ts';
import { instantOf } from '../../../services/domain/time.ts';
import type { BotServices } from '../bot-services.ts';
import type { Turn } from '../turn.ts';

function keyOf(conversationId: string): string {
  return `welcome:${conversationId}`;
}

/** Once per installation: Teams reports it as an installation and as a new member, in any order. */
export async function welcome(turn: Turn, { store, clock }: BotServices): Promise<void> {
  const id = keyOf(turn.conversationId);
  const first = await store.transact(async (transaction) => {
    if ((await transaction.get('idempotency', id)) !== undefined) return false;
    const at = instantOf(clock.now());
    await transaction.put('idempotency', { id, result: 'welcomed', at });
    return true;
  });
  if (!first) return;
  const name = turn.scope === 'personal' ? (turn.person.name.split(' ')[0] ?? '') : '';
  const administrator = hasRole(turn.person, 'system-administrator');
  await turn.reply(
    welcomeCard({ scope: turn.scope, name: name === '' ? null : name, administrator }, turn.t),
  );
}

/** The app was removed: nothing is sent there any more, and the next installation is welcomed again. */
export async function farewell(conversationId: string, { store }: BotServices): Promise<void> {
  await store.transact(async (transaction) => {
    const link = await transaction.get('conversations', conversationId);
    if (link !== undefined) {
      await transaction.put('conversations', { ...link, state: 'uninstalled' });
    }
    await transaction.remove('idempotency', keyOf(conversationId));
  });
}
