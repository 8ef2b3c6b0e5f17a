import type { Activity } from 'botbuilder';
import { z } from 'zod';

const account = z.looseObject({ id: z.string().min(1) });

/** What must be there before the SDK sees an activity: it dereferences these without looking. */
const schema = z.looseObject({
  type: z.string().min(1),
  id: z.string().optional(),
  channelId: z.string(),
  serviceUrl: z.string(),
  from: account,
  recipient: account.optional(),
  conversation: account,
  text: z.string().nullish(),
  entities: z.array(z.looseObject({})).nullish(),
  attachments: z.array(z.looseObject({ contentType: z.string() })).nullish(),
  channelData: z.looseObject({}).nullish(),
});

const MOMENTS = ['timestamp', 'localTimestamp', 'expiration'] as const;

/** The activity with its moments as dates, as the SDK's own reader makes them; null if malformed. */
export function readActivity(body: unknown): Activity | null {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return null;
  const activity: Record<string, unknown> = { ...parsed.data };
  for (const name of MOMENTS) {
    const moment = activity[name];
    if (typeof moment === 'string') activity[name] = new Date(moment);
  }
  for (const name of ['text', 'entities', 'attachments', 'channelData']) {
    if (activity[name] === null) Reflect.deleteProperty(activity, name);
  }
  return activity as unknown as Activity;
}
