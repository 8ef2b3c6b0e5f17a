import { randomUUID } from 'node:crypto';
import { type LoopbackCloud, SERVICE_URL, TENANT_ID } from './loopback-cloud.ts';

export const ANNA = { id: 'a11a0000-0000-4000-8000-000000000001', name: 'Anna Admin' };
export const ERIK = { id: 'e21c0000-0000-4000-8000-000000000002', name: 'Erik Ek' };
export const GUSTAV = { id: '60ba0000-0000-4000-8000-000000000004', name: 'Gustav Global' };
export const OLLE = { id: '011e0000-0000-4000-8000-000000000005', name: 'Olle Olsson' };

interface Sender {
  readonly id: string;
  readonly name: string;
}

/** An activity as Teams posts it from a personal chat. */
export function activityFrom(
  sender: Sender,
  content: Record<string, unknown>,
  tenantId: string = TENANT_ID,
): Record<string, unknown> {
  return {
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: { id: `29:${sender.id}`, name: sender.name, aadObjectId: sender.id },
    recipient: { id: '28:11111111-2222-4333-8444-555555555555', name: 'Mailbox Medic' },
    conversation: { id: `a:${sender.id}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    locale: 'en-US',
    entities: [
      {
        type: 'clientInfo',
        locale: 'en-US',
        country: 'US',
        platform: 'Web',
        timezone: 'Europe/Stockholm',
      },
    ],
    ...content,
  };
}

export function messageFrom(sender: Sender, text: string): Record<string, unknown> {
  return activityFrom(sender, { type: 'message', text, textFormat: 'plain' });
}

/** A press of an Action.Execute button on the card that stands at `replyToId`. */
export function pressFrom(
  sender: Sender,
  action: { readonly verb: string; readonly data: unknown },
  replyToId: string,
): Record<string, unknown> {
  return activityFrom(sender, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId,
    value: { action: { type: 'Action.Execute', id: '', ...action }, trigger: 'manual' },
  });
}

export interface PostAnswer {
  readonly status: number;
  readonly body: string;
}

/** POST /api/messages with the given token; null sends no Authorization header. */
export async function post(
  programUrl: string,
  activity: unknown,
  token: string | null,
): Promise<PostAnswer> {
  const response = await fetch(`${programUrl}/api/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: token.includes(' ') ? token : `Bearer ${token}` }),
    },
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });
  return { status: response.status, body: await response.text() };
}

/** Says something to the bot as a person and gives the first card it answers with. */
export async function say(
  cloud: LoopbackCloud,
  programUrl: string,
  sender: Sender,
  text: string,
): Promise<{ readonly card: CardJson; readonly activityId: string }> {
  const before = cloud.sent.length;
  await post(programUrl, messageFrom(sender, text), await cloud.token());
  const answer = await cloud.next(
    (one) => cloud.sent.indexOf(one) >= before && cardOf(one.body) !== null,
  );
  return { card: cardOf(answer.body) as CardJson, activityId: answer.id };
}

export type CardJson = Record<string, unknown>;

export function cardOf(activity: Record<string, unknown>): CardJson | null {
  const attachments = activity.attachments as
    | { contentType: string; content: CardJson }[]
    | undefined;
  return (
    attachments?.find((one) => one.contentType === 'application/vnd.microsoft.card.adaptive')
      ?.content ?? null
  );
}

/** All texts of a card, for looking whether it says something. */
export function textsOf(card: unknown): string {
  if (Array.isArray(card)) return card.map(textsOf).join('\n');
  if (card === null || typeof card !== 'object') return '';
  return Object.entries(card)
    .map(([key, value]) =>
      ['text', 'title', 'value', 'codeSnippet'].includes(key) && typeof value === 'string'
        ? value
        : textsOf(value),
    )
    .join('\n');
}

/** The first button of a verb anywhere on a card. */
export function buttonOf(card: unknown, verb: string): { verb: string; data: unknown } | null {
  if (card === null || typeof card !== 'object') return null;
  const one = card as Record<string, unknown>;
  if (one.type === 'Action.Execute' && one.verb === verb) return { verb, data: one.data };
  for (const value of Object.values(one)) {
    const found = buttonOf(value, verb);
    if (found !== null) return found;
  }
  return null;
}
