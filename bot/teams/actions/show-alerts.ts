import { alertWallCard } from '../../../cards/index.ts';
import type { AlertWall } from '../../../services/domain/alert-wall.ts';
import { idOf, type MailboxId, type ProfileId } from '../../../services/domain/ids.ts';
import { mayActForProfile } from '../../../services/domain/permission.ts';
import { alertWallView, personViewer, visibleContext } from '../../present/index.ts';
import type { BotServices } from '../bot-services.ts';
import type { Asker } from '../turn.ts';
import { type ActionAnswer, outdatedAnswer, plainAnswer } from './action.ts';

/** The wall of a mailbox or profile that may be seen; without either, the person's own. */
export async function showAlerts(
  asker: Asker,
  data: { readonly mailboxId?: string | undefined; readonly profileId?: string | undefined },
  services: BotServices,
): Promise<ActionAnswer> {
  const found = await wallOf(asker, data, services);
  if (found === null) return outdatedAnswer(asker);
  const { wall, name } = found;
  const view = await alertWallView(services, wall, name, asker.person, asker.t);
  return plainAnswer(alertWallCard(view, asker.t));
}

/** Null where there is none, or none for this person: both look the same. */
async function wallOf(
  { person }: Asker,
  data: { readonly mailboxId?: string | undefined; readonly profileId?: string | undefined },
  services: BotServices,
): Promise<{ readonly wall: AlertWall; readonly name: string | null } | null> {
  if (data.mailboxId !== undefined) {
    const mailboxId = idOf<MailboxId>(data.mailboxId);
    const context = await visibleContext(services, mailboxId, personViewer(person));
    return context === null
      ? null
      : { wall: { of: 'mailbox', mailboxId }, name: context.mailbox.name };
  }
  if (data.profileId !== undefined) {
    const profileId = idOf<ProfileId>(data.profileId);
    const profile = await services.engine.profile(profileId);
    return profile === undefined || !mayActForProfile(person, profile)
      ? null
      : { wall: { of: 'profile', profileId }, name: profile.name };
  }
  return { wall: { of: 'person', userId: person.id }, name: null };
}
