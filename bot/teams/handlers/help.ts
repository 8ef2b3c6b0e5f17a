import { type HelpView, helpCard } from '../../../cards/index.ts';
import { hasRole } from '../../../services/domain/person.ts';
import type { Turn } from '../turn.ts';

export async function help(turn: Turn, didYouMean: HelpView['didYouMean'] = null): Promise<void> {
  const administrator = hasRole(turn.person, 'system-administrator');
  await turn.reply(helpCard({ scope: turn.scope, administrator, didYouMean }, turn.t));
}
