import { knowledgeDeniedCard } from '../../../cards/index.ts';
import { hasRole } from '../../../services/domain/person.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, plainAnswer } from './action.ts';

const KEEPER = 'system-administrator';

/** Does what only those may who look after the articles; their role is read again at this moment. */
export async function forKnowledgeKeepers(
  asker: Asker,
  { directory }: Pick<BotServices, 'directory'>,
  answer: () => Promise<ActionAnswer>,
): Promise<ActionAnswer> {
  const person = await directory.person(asker.person.id);
  if (person !== undefined && hasRole(person, KEEPER)) return answer();
  const keepers = await directory.withRole(KEEPER);
  return plainAnswer(knowledgeDeniedCard({ whoMay: keepers.map(({ name }) => name) }, asker.t));
}
