import { changeFormCard } from '../../../cards/index.ts';
import type { ProfilePart } from '../../../services/domain/set-up-change.ts';
import { changeFormView, mailboxView } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';
import { forAdministrators } from './administered.ts';

/** Opens the form for where the server is and how it is spoken to. */
export function editProfile(
  asker: Asker,
  { mailboxId, part }: { readonly mailboxId: string; readonly part: ProfilePart },
  services: BotServices,
): Promise<ActionAnswer> {
  return forAdministrators(asker, mailboxId, 'change-profile', services, async (context) => {
    const { profile } = context;
    const byExchange = profile.incoming.protocol === 'ews' || profile.incoming.protocol === 'graph';
    // An old card may ask for what this kind of server does not have.
    if (byExchange !== (part === 'location')) return outdatedAnswer(asker, mailboxId);
    const mailbox = await mailboxView(services, context, asker.viewer, asker.t);
    const view = changeFormView(mailbox, profile, part, null, null);
    return plainAnswer(changeFormCard(view, asker.t));
  });
}
