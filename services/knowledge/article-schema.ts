import { z } from 'zod';
import type { Article } from '../domain/article.ts';
import { FAILURE_REASONS } from '../domain/failure.ts';
import type { TopicId } from '../domain/ids.ts';

const filled = z.string().trim().min(1);
const localized = z.strictObject({ sv: filled, en: filled });
const questions = z.array(filled).min(10, 'write at least ten questions in each language');

const topic = filled.transform((id) => id as TopicId);
const deployment = z.enum(['online', 'on-premises']);

/** Shown whole, and twice on the card: what is cut off must not be run. */
const MOST_LINES = 30;
const command = filled
  .max(1_500, 'write at most 1500 characters; a longer script belongs behind a link')
  .refine((text) => text.split('\n').length <= MOST_LINES, {
    error: `write at most ${MOST_LINES} lines; a longer script belongs behind a link`,
  });

/** It becomes a link on everybody's card. */
const webAddress = z.url({ protocol: /^https?$/ }).max(500);

const template = z.strictObject({
  lang: filled,
  generation: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  text: filled,
  directions: z.array(z.enum(['incoming', 'outgoing', 'act'])).min(1),
  origin: z.enum(['microsoft', 'project']),
});

const step = z.strictObject({
  text: localized,
  who: z.enum([
    'user',
    'mailbox-owner',
    'profile-owner',
    'system-administrator',
    'office-administrator',
    'exchange-administrator',
    'server-administrator',
    'developer',
  ]),
  when: z
    .enum([
      'always',
      'not-approved',
      'not-enabled',
      'disabled',
      'retrying',
      'answers-again',
      'never-tested',
      'no-profile',
      'inactive',
      'act-on-unsupported-server',
    ])
    .default('always'),
  deployments: z.array(deployment).default([]),
  serverTypes: z
    .array(z.enum(['exchange-online', 'exchange-server', 'pop3-smtp', 'imap-smtp']))
    .default([]),
  navigation: z
    .strictObject({ online: localized.exactOptional(), onPremises: localized.exactOptional() })
    .exactOptional(),
  code: z
    .strictObject({ language: z.enum(['PowerShell', 'PlainText']), text: command })
    .exactOptional(),
});

const notice = z.strictObject({
  kind: z.enum(['changed', 'risk', 'misleading', 'retired', 'note']),
  since: z.iso.date().exactOptional(),
  certainty: z.enum(['documented', 'announced', 'reported', 'inferred']).exactOptional(),
  text: localized,
});

const code = z.strictObject({
  text: filled,
  number: z
    .string()
    .regex(/^[0-9A-F]{8}$/, 'write eight hexadecimal digits, capitals, in quotes')
    .exactOptional(),
  aliases: z.array(filled).default([]),
  message: filled.exactOptional(),
  meaning: localized.exactOptional(),
});

/** The shape of a file in data/knowledge; `npm run check` and start-up refuse any other. */
const articleSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens')
      // The name of a file, and of records beside their author's.
      .max(80)
      .transform((id) => id as TopicId),
    catalogue: z.enum(['document', 'later']).default('later'),
    kind: z.enum(['alert', 'state', 'known-limitation', 'configuration', 'guide']),
    level: z.enum(['information', 'warning', 'error']),
    scope: z.enum(['email', 'mailbox', 'profile']),
    nature: z.enum(['permanent', 'transient']),
    appliesTo: z.array(deployment).min(1),
    title: localized,
    meaning: localized,
    cause: localized,
    steps: z.array(step).min(1),
    notices: z.array(notice).default([]),
    remedies: z.array(z.enum(['test-and-enable', 'approve-email', 'show-outbox'])).default([]),
    raisedFor: z.array(z.enum(FAILURE_REASONS)).default([]),
    codes: z.array(code).default([]),
    templates: z.array(template).default([]),
    decoys: z.array(z.strictObject({ lang: filled, text: filled })).default([]),
    questions: z.strictObject({ sv: questions, en: questions }),
    related: z.array(topic).default([]),
    sources: z.array(z.strictObject({ title: filled, url: webAddress, read: z.iso.date() })).min(1),
    checked: z.iso.date(),
  })
  .refine((article) => article.kind === 'alert' || article.templates.length === 0, {
    path: ['templates'],
    error: 'only alerts have templates (design.md §3)',
  })
  .refine(({ kind, templates, codes }) => kind !== 'alert' || templates.length + codes.length > 0, {
    path: ['templates'],
    error: 'an alert needs at least one template, or a code that it is recognised by',
  });

/** The compiler holds the schema to the domain's type: a field that only one of them has fails here. */
export const parseArticle = (content: unknown): z.ZodSafeParseResult<Article> =>
  articleSchema.safeParse(content);
