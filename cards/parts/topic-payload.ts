import type { AlertSlots } from '../../services/domain/alert.ts';
import type { ActionPayload } from '../actions.ts';

/** Longer ones name nothing in Dynamics 365; a cut one would name something else. */
const LONGEST_SLOT = 200;

/** What opens an article again with the names that the pasted alert held. */
export function topicPayload(
  topic: string,
  mailboxId: string | null,
  slots: AlertSlots,
): ActionPayload<'show-topic'> {
  const kept = Object.entries(slots).filter(
    ([, value]: readonly [string, string | undefined]) =>
      value !== undefined && value.length <= LONGEST_SLOT,
  );
  return {
    topic,
    ...(mailboxId === null ? {} : { mailboxId }),
    ...(kept.length === 0 ? {} : { slots: Object.fromEntries(kept) }),
  };
}
