import { randomUUID } from 'node:crypto';
import { SERVICE_URL, TENANT_ID } from './loopback-cloud.ts';

export const ANNA = { id: 'a11a0000-0000-4000-8000-000000000001', name: 'Anna Admin' };
export const ERIK = { id: 'e21c0000-0000-4000-8000-000000000002', name: 'Erik Ek' };
export const GUSTAV = { id: '60ba0000-0000-4000-8000-000000000004', name: 'Gustav Global' };
/** May approve for Exchange Online just as Gustav may. */
export const GRETA = { id: '62e7a000-0000-4000-8000-000000000007', name: 'Greta Global' };
export const OLLE = { id: '011e0000-0000-4000-8000-000000000005', name: 'Olle Olsson' };

export interface Sender {
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

/** All texts of a card, a line each, for looking whether it says something. */
export function textsOf(card: unknown): string {
  return textLines(card).join('\n');
}

function textLines(card: unknown): readonly string[] {
  if (card === null || typeof card !== 'object') return [];
  return Object.entries(card).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? (SPOKEN.includes(key) ? [value] : []) : textLines(value),
  );
}

const SPOKEN: readonly string[] = ['text', 'title', 'value', 'codeSnippet'];

/** Titles of all buttons, in order. */
export function buttonsOf(card: unknown): readonly string[] {
  if (card === null || typeof card !== 'object') return [];
  const { type, title } = card as { readonly type?: unknown; readonly title?: unknown };
  const own = typeof type === 'string' && BUTTONS.includes(type) ? [String(title)] : [];
  return [...own, ...Object.values(card).flatMap(buttonsOf)];
}

const BUTTONS: readonly string[] = ['Action.Execute', 'Action.ShowCard'];

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
