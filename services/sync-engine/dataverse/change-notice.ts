import { z } from 'zod';
import { idOf, type MailboxId } from '../../domain/ids.ts';
import type { Watch } from './watch.ts';

/**
 * What is read of the RemoteExecutionContext that a webhook step posts: which row of which
 * organization. Its values are not believed, and above 256 KB Dynamics 365 leaves them out anyway.
 * https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks
 */
const context = z.looseObject({
  OrganizationId: z.guid(),
  PrimaryEntityName: z.string().max(100),
  PrimaryEntityId: z.guid(),
  InputParameters: z.array(z.unknown()).max(100).optional().catch(undefined),
});

const target = z.looseObject({
  key: z.literal('Target'),
  value: z.looseObject({
    Attributes: z.array(z.looseObject({ key: z.string(), value: z.unknown() })).max(1_000),
  }),
});
const reference = z.looseObject({ Id: z.guid(), LogicalName: z.string() });

export type NoticeAnswer = 'taken' | 'not-understood' | 'other-organization';

/** Tables whose changes mean something for mailboxes that the row does not name. */
const AROUND = new Set(['tracelog', 'emailserverprofile', 'systemuser', 'queue', 'organization']);

/** Somebody who has the key says that a row has changed: it is looked at, and nothing else is believed. */
export function takeNotice(
  body: unknown,
  organizationId: string,
  watch: Pick<Watch, 'hint' | 'soon'>,
): NoticeAnswer {
  const parsed = context.safeParse(body);
  if (!parsed.success) return 'not-understood';
  const { OrganizationId, PrimaryEntityName: table, PrimaryEntityId: id } = parsed.data;
  if (OrganizationId.toLowerCase() !== organizationId.toLowerCase()) return 'other-organization';
  if (table === 'mailbox') {
    watch.hint([idOf<MailboxId>(id.toLowerCase())]);
    return 'taken';
  }
  if (!AROUND.has(table)) return 'not-understood';
  const about = table === 'tracelog' ? regarding(parsed.data.InputParameters ?? []) : null;
  if (about === null) watch.soon();
  else watch.hint([about]);
  return 'taken';
}

/** The mailbox that an alert is about; null where it is about something else, or is not said. */
function regarding(parameters: readonly unknown[]): MailboxId | null {
  for (const parameter of parameters) {
    const parsed = target.safeParse(parameter);
    const found = parsed.data?.value.Attributes.find(({ key }) => key === 'regardingobjectid');
    const whose = reference.safeParse(found?.value);
    if (whose.data?.LogicalName === 'mailbox') return idOf(whose.data.Id.toLowerCase());
  }
  return null;
}
