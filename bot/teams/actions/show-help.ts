import { helpCard } from '../../../cards/index.ts';
import { hasRole } from '../../../services/domain/person.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, plainAnswer } from './action.ts';

export async function showHelp(asker: Asker): Promise<ActionAnswer> {
  const administrator = hasRole(asker.person, 'system-administrator');
  return plainAnswer(helpCard({ scope: asker.scope, administrator, didYouMean: null }, asker.t));
}
