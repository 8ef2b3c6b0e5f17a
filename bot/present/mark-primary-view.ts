import type { MarkPrimaryView } from '../../cards/index.ts';
import { DIRECTIONS, type Mailbox } from '../../services/domain/mailbox.ts';
import type { Translator } from '../../services/i18n/index.ts';
import { mailboxView } from './mailbox-view.ts';
import type { Viewer } from './viewer.ts';
import type { MailboxContext, World } from './world.ts';

export async function markPrimaryView(
  world: World,
  context: MailboxContext,
  viewer: Viewer,
  t: Translator,
): Promise<MarkPrimaryView> {
  return {
    mailbox: await mailboxView(world, context, viewer, t),
    organizationName: context.organization?.name ?? null,
    otherName: otherOrganizationOf(context.mailbox),
  };
}

/** An engine may not know its name (Dynamics 365 tells only that it is another one). */
function otherOrganizationOf({ directions }: Mailbox): string | null {
  const names = DIRECTIONS.flatMap((direction) =>
    (directions[direction].lastFailure?.evidence ?? []).filter(
      ({ label }) => label === 'primary-organization',
    ),
  );
  return names[0]?.value ?? null;
}
