import { z } from 'zod';
import type { CardElement } from '../card.ts';

/**
 * Elements that Teams draws and the open SDK does not know (teams-bots.md §2.2), each with our own
 * schema and a fallback for hosts that drop it. One more element is one more line here.
 */
export const BEYOND_SDK = {
  CodeBlock: z.strictObject({
    type: z.literal('CodeBlock'),
    codeSnippet: z.string().min(1),
    language: z.enum(['PowerShell', 'PlainText']),
    fallback: z.looseObject({ type: z.literal('Container') }),
    id: z.string().optional(),
    spacing: z.string().optional(),
    separator: z.boolean().optional(),
    isVisible: z.boolean().optional(),
  }),
} as const satisfies Partial<Record<CardElement['type'], z.ZodType>>;

export function isBeyondSdk(type: unknown): type is keyof typeof BEYOND_SDK {
  return typeof type === 'string' && Object.hasOwn(BEYOND_SDK, type);
}
