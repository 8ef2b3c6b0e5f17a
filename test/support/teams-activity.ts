import type { Person } from '../../services/domain/person.ts';

export const TENANT = '99999999-8888-4777-8666-555555555555';
const BOT = { id: '28:bot', name: 'Mailbox Medic' };

let activities = 0;

export interface ActivityOptions {
  readonly scope?: 'personal' | 'groupChat' | 'channel';
  readonly locale?: string;
  readonly tenant?: string;
  readonly over?: Readonly<Record<string, unknown>>;
}

type Posted = Record<string, unknown> & { readonly id: string };

/** An activity as Teams posts it; each has an id of its own. */
export function teamsActivity(
  from: Pick<Person, 'id' | 'name'>,
  content: Readonly<Record<string, unknown>>,
  { scope = 'personal', locale = 'en-US', tenant = TENANT, over = {} }: ActivityOptions = {},
): Posted {
  activities += 1;
  return {
    id: `activity-${activities}`,
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: `29:${from.id}`, name: from.name, aadObjectId: from.id },
    recipient: BOT,
    conversation: {
      id: scope === 'personal' ? `a:${from.id}` : `19:${scope}`,
      conversationType: scope,
      isGroup: scope !== 'personal',
      tenantId: tenant,
    },
    channelData: { tenant: { id: tenant } },
    entities: [{ type: 'clientInfo', locale, platform: 'Web', timezone: 'Europe/Stockholm' }],
    locale,
    ...content,
    ...over,
  };
}

export function message(
  from: Pick<Person, 'id' | 'name'>,
  text: string,
  options?: ActivityOptions,
): Posted {
  return teamsActivity(from, { type: 'message', text, textFormat: 'plain' }, options);
}

export function invoke(
  from: Pick<Person, 'id' | 'name'>,
  action: { readonly verb: unknown; readonly data: unknown },
  options?: ActivityOptions & { readonly replyToId?: string },
): Posted {
  return teamsActivity(
    from,
    {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: options?.replyToId ?? 'card-1',
      value: { action: { type: 'Action.Execute', id: '', ...action }, trigger: 'manual' },
    },
    options,
  );
}

/** What a mention of the bot looks like in the text and beside it. */
export const botMention = {
  text: '<at>Mailbox Medic</at>',
  entity: { type: 'mention', mentioned: BOT, text: '<at>Mailbox Medic</at>' },
} as const;
