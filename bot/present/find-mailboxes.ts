import type { Person } from '../../services/domain/person.ts';
import { personViewer, viewerSees } from './viewer.ts';
import { contextOf, type MailboxContext, type World } from './world.ts';

export interface FoundMailboxes {
  /** Name or address equals the text. */
  readonly exact: readonly MailboxContext[];
  readonly close: readonly MailboxContext[];
}

/** More candidates than this are no help to somebody who mistyped a name. */
const LIMIT = 8;
/** Hits that the person may not see use up the engine's limit, so it is asked for more. */
const ASKED = 40;

/** Mailboxes that this person may see, by a name or address that they typed or pasted. */
export async function findMailboxes(
  world: World,
  text: string,
  person: Person,
): Promise<FoundMailboxes> {
  const wanted = text.trim();
  if (wanted === '') return { exact: [], close: [] };
  const hits = await world.engine.findMailboxes({ by: 'text', text: wanted, limit: ASKED });
  const seen = await Promise.all(
    hits.map(async (hit) => ({ hit, context: await contextOf(world, hit.mailbox) })),
  );
  const visible = seen.filter(({ context }) =>
    viewerSees(personViewer(person), context.mailbox, context.profile),
  );
  const of = (quality: 'exact' | 'close'): readonly MailboxContext[] =>
    visible.filter(({ hit }) => hit.quality === quality).map(({ context }) => context);
  return { exact: of('exact'), close: of('close').slice(0, LIMIT) };
}
