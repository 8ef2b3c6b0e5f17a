import { z } from 'zod';
import type { ProfileChange } from '../services/domain/set-up-change.ts';

/** As long as Dataverse keeps a location, and what escapes add. */
const address = z.string().max(2_100);

export const profilePart = z.enum(['location', 'incoming', 'outgoing']);

/** What a button carries of a change; whether it may be made, the engine says. */
export const profileChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fix-location'), url: address }),
  z.strictObject({ kind: z.literal('search-location') }),
  z.strictObject({
    kind: z.literal('set-endpoint'),
    side: z.enum(['incoming', 'outgoing']),
    host: z.string().max(253),
    port: z.number().int().min(1).max(65_535),
    tls: z.enum(['implicit', 'starttls']),
  }),
  z.strictObject({ kind: z.literal('undo'), part: profilePart }),
]) satisfies z.ZodType<ProfileChange>;

export const actMethod = z.enum(['none', 'server-side-synchronization', 'as-registered']);

/** What a part of the profile was when its change was shown. */
export const seen = z.string().max(2_500);
