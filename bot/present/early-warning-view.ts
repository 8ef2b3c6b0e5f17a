import type { AheadView, EarlyWarningView } from '../../cards/index.ts';
import type { EarlyWarning } from '../../services/domain/early-warning.ts';
import type { Mailbox } from '../../services/domain/mailbox.ts';
import { mayActForProfile } from '../../services/domain/permission.ts';
import type { EmailServerProfile } from '../../services/domain/profile.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mailboxView, visibleContext } from './mailbox-view.ts';
import type { Viewer } from './viewer.ts';
import type { World } from './world.ts';

/** A card names this many mailboxes; the rest is a number. */
const SHOWN = 5;

/** Null when this viewer may see none of what is concerned (any more). */
export async function earlyWarningView(
  world: World,
  cause: string,
  viewer: Viewer,
  t: Translator,
): Promise<EarlyWarningView | null> {
  const seen: { readonly warning: EarlyWarning; readonly profile: EmailServerProfile }[] = [];
  for (const warning of await world.engine.earlyWarnings({ by: 'cause', cause })) {
    const profile = await world.engine.profile(warning.profileId);
    if (profile === undefined) continue;
    const visible =
      warning.mailboxId === null
        ? viewer.kind === 'conversation' || mayActForProfile(viewer.person, profile)
        : (await visibleContext(world, warning.mailboxId, viewer)) !== null;
    if (visible) seen.push({ warning, profile });
  }
  const [first] = [...seen].sort((a, b) => openFirst(a.warning, b.warning));
  if (first === undefined) return null;
  const { warning } = first;
  const alike = seen.filter((one) => isOpen(one.warning) === isOpen(warning));
  const views = (some: readonly Mailbox[]) =>
    Promise.all(
      some.map(async ({ id }) => {
        const context = await visibleContext(world, id, viewer);
        return context === null ? null : mailboxView(world, context, viewer, t);
      }),
    );
  if (warning.mailboxId !== null) {
    const context = await visibleContext(world, warning.mailboxId, viewer);
    if (context === null) return null;
    const mailbox = await mailboxView(world, context, viewer, t);
    return { warning, profileNames: [], mailbox, mailboxes: [], mailboxCount: 1 };
  }
  const concerned: Mailbox[] = [];
  for (const { profile } of alike) {
    const hits = await world.engine.findMailboxes({ by: 'profile', profileId: profile.id });
    concerned.push(...hits.map(({ mailbox }) => mailbox));
  }
  const shown = await views(concerned.slice(0, SHOWN));
  return {
    warning,
    profileNames: alike.map(({ profile }) => profile.name),
    mailbox: null,
    mailboxes: shown.filter((one) => one !== null),
    mailboxCount: concerned.length,
  };
}

function isOpen({ closedAt }: EarlyWarning): boolean {
  return closedAt === null;
}

/** Open ones first, then what ended last. */
function openFirst(a: EarlyWarning, b: EarlyWarning): number {
  if (isOpen(a) !== isOpen(b)) return isOpen(a) ? -1 : 1;
  return (b.closedAt ?? '').localeCompare(a.closedAt ?? '');
}

export async function aheadOf(world: World, { id }: Mailbox): Promise<AheadView> {
  const [warnings, limits] = await Promise.all([
    world.engine.earlyWarnings({ by: 'mailbox', mailboxId: id }),
    world.engine.limits(id),
  ]);
  return { warnings, limits };
}
