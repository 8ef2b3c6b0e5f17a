import type { Mailbox } from '../../services/domain/mailbox.ts';
import { maySee } from '../../services/domain/permission.ts';
import type { Person } from '../../services/domain/person.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';

/**
 * Whom a card is drawn for. A card in a group or channel is drawn for everybody there: somebody who
 * may see the mailbox put it there, and its buttons are authorised at the click.
 */
export type Viewer =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'conversation' };

export function personViewer(person: Person): Viewer {
  return { kind: 'person', person };
}

export const conversationViewer: Viewer = { kind: 'conversation' };

export function viewerSees(
  viewer: Viewer,
  mailbox: Mailbox,
  profile: EmailServerProfile | null,
): boolean {
  return viewer.kind === 'conversation' || maySee(viewer.person, mailbox, profile);
}
