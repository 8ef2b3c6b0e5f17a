import { z } from 'zod';
import { VOTES } from '../services/domain/answer.ts';
import { STEP_OUTCOMES } from '../services/domain/guide.ts';
import { LANGUAGES } from '../services/domain/language.ts';
import type { ExecuteAction } from './card.ts';
import { actMethod, profileChange, profilePart, seen } from './change-payloads.ts';
import { askedFacts, setUpFacts } from './set-up-facts.ts';
import { tidy } from './text.ts';

const id = z.string().min(1).max(200);
/**
 * Deterministic: the same button of the same state of the world has the same key. Not named `key`:
 * the Agents Playground's page cannot press a button whose data has a property of that name.
 */
const pressKey = z.string().min(1).max(300);
const slot = z.string().max(1_000);
const slots = z.strictObject({
  mailbox: slot.optional(),
  profile: slot.optional(),
  subject: slot.optional(),
  otherMailbox: slot.optional(),
});

/** The texts that a person may type on a card; they come merged into the payload. */
const INPUT_IDS = ['reason', 'day'] as const;
/** Inputs of a form whose fields are not the same each time: `field-title.sv`. */
export const FIELD_PREFIX = 'field-';
const MOST_FIELDS = 40;
export const FIELD_MAX_LENGTH = 24_000;
const fields = z
  .record(z.string().max(60), z.string().max(FIELD_MAX_LENGTH))
  .refine((typed) => Object.keys(typed).length <= MOST_FIELDS);
const part = z.enum(['texts', 'steps', 'questions', 'source']);
const revision = z.number().int().min(0);
const count = z.number().int().min(0);
export const REASON_MAX_LENGTH = 500;
/** Messages handed in before this day (UTC), or all; nothing where the client sends no choice. */
const day = z.union([z.literal(['', 'all']), z.iso.date()]).default('');
const reason = z.string().max(REASON_MAX_LENGTH).default('');

/** Of the mailbox, as the card shows it: nobody decides about an address that they have not seen. */
const address = z.string().min(1).max(320);

/**
 * Every button, by its verb. A card that was posted under another `v`, or whose payload does not fit,
 * is outdated: it is answered with the current card, never with an error.
 */
const PAYLOADS = {
  'test-and-enable': z.strictObject({ mailboxId: id, pressKey, letGo: count.optional() }),
  'ask-mark-primary': z.strictObject({ mailboxId: id }),
  'mark-primary': z.strictObject({ mailboxId: id, pressKey, letGo: count.optional() }),
  'approve-email': z.strictObject({ mailboxId: id, pressKey, address }),
  'ask-reject-email': z.strictObject({ mailboxId: id, reason }),
  'reject-email': z.strictObject({
    mailboxId: id,
    pressKey,
    address,
    because: z.string().trim().min(1).max(REASON_MAX_LENGTH),
  }),
  'request-approval': z.strictObject({ mailboxId: id, pressKey, reason }),
  'decide-request': z.strictObject({
    requestId: id,
    decision: z.enum(['approve', 'reject']),
    pressKey,
    address,
  }),
  'show-mailbox': z.strictObject({ mailboxId: id }),
  /** Neither: the person's own. */
  'show-alerts': z.strictObject({ mailboxId: id.optional(), profileId: id.optional() }),
  'show-outbox': z.strictObject({
    mailboxId: id,
    ofDay: z.iso.date().optional(),
    skip: count.optional(),
  }),
  'show-waiting': z.strictObject({ mailboxId: id }),
  'hold-waiting': z.strictObject({ mailboxId: id, pressKey, day }),
  'release-waiting': z.strictObject({ mailboxId: id, pressKey, day }),
  'ask-cancel-waiting': z.strictObject({ mailboxId: id, day }),
  'cancel-waiting': z.strictObject({ mailboxId: id, pressKey, before: z.iso.datetime() }),
  'show-topic': z.strictObject({ topic: id, mailboxId: id.optional(), slots: slots.optional() }),
  'show-test-run': z.strictObject({ testRunId: id, mailboxId: id }),
  'rate-answer': z.strictObject({ answerId: id, vote: z.enum(VOTES) }),
  'list-unanswered': z.strictObject({}),
  'show-unanswered': z.strictObject({ unansweredId: id }),
  'dismiss-unanswered': z.strictObject({ unansweredId: id }),
  'edit-article': z.strictObject({ topic: id.optional(), unansweredId: id.optional() }),
  'edit-part': z.strictObject({ topic: id, part }),
  'save-part': z.strictObject({ topic: id, part, fields: fields.default({}) }),
  'preview-article': z.strictObject({ topic: id }),
  'publish-article': z.strictObject({ topic: id }),
  'discard-draft': z.strictObject({ topic: id }),
  'article-history': z.strictObject({ topic: id }),
  'roll-back-article': z.strictObject({ topic: id, to: revision, from: revision }),
  'check-set-up': z.strictObject({
    mailboxId: id.optional(),
    facts: setUpFacts.default({}),
    skipped: askedFacts.default([]),
    asked: askedFacts.default([]),
    fields: fields.default({}),
  }),
  'show-profile': z.strictObject({ mailboxId: id }),
  'edit-profile': z.strictObject({ mailboxId: id, part: profilePart }),
  'preview-profile': z.strictObject({
    mailboxId: id,
    part: profilePart,
    fields: fields.default({}),
  }),
  'preview-change': z.strictObject({ mailboxId: id, change: profileChange }),
  'change-profile': z.strictObject({ mailboxId: id, change: profileChange, seen, pressKey }),
  'ask-act-method': z.strictObject({ mailboxId: id, method: actMethod }),
  'change-act-method': z.strictObject({ mailboxId: id, method: actMethod, pressKey }),
  'ask-set-active': z.strictObject({ mailboxId: id, active: z.boolean() }),
  'set-active': z.strictObject({
    mailboxId: id,
    active: z.boolean(),
    pressKey,
    letGo: count.optional(),
  }),
  'copy-for-support': z.strictObject({ mailboxId: id }),
  'start-guide': z.strictObject({ topic: id, mailboxId: id.optional(), slots: slots.optional() }),
  'show-guide': z.strictObject({ guideId: id }),
  'mark-step': z.strictObject({ guideId: id, step: count, outcome: z.enum(STEP_OUTCOMES) }),
  /** `from`: the step that stood on the card; absent where all had been gone through. */
  'turn-guide': z.strictObject({
    guideId: id,
    from: count.optional(),
    to: z.enum(['back', 'next']),
  }),
  'continue-guide': z.strictObject({ guideId: id, from: id, topic: id }),
  'resume-guide': z.strictObject({ guideId: id }),
  'solve-guide': z.strictObject({ guideId: id }),
  'test-guide': z.strictObject({ guideId: id, pressKey }),
  'set-language': z.strictObject({ language: z.enum(LANGUAGES) }),
  help: z.strictObject({}),
} as const;

export type Verb = keyof typeof PAYLOADS;
/** What a button carries, before the person's input is merged in. */
export type ActionPayload<V extends Verb> = z.input<(typeof PAYLOADS)[V]>;

/** A pressed button, checked. Who pressed it comes from the verified activity, never from here. */
type PressedAction = {
  readonly [V in Verb]: { readonly verb: V } & Readonly<z.output<(typeof PAYLOADS)[V]>>;
}[Verb];

export type ParsedAction =
  | { readonly kind: 'action'; readonly action: PressedAction }
  | { readonly kind: 'outdated' };

const PAYLOAD_VERSION = 1;
const INPUTS_OF: Partial<Readonly<Record<Verb, readonly string[]>>> = {
  'ask-reject-email': ['reason'],
  'request-approval': ['reason'],
  'hold-waiting': ['day'],
  'release-waiting': ['day'],
  'ask-cancel-waiting': ['day'],
  'save-part': ['fields'],
  'check-set-up': ['fields'],
  'preview-profile': ['fields'],
};
const outdated: ParsedAction = { kind: 'outdated' };

/** Reads `value.action.verb` and `value.action.data` of an `adaptiveCard/action` invoke. Both are hostile. */
export function parseAction(verb: unknown, data: unknown): ParsedAction {
  if (typeof verb !== 'string' || !isVerb(verb)) return outdated;
  if (typeof data !== 'object' || data === null || !('v' in data)) return outdated;
  const { v, ...payload } = data as Record<string, unknown>;
  if (v !== PAYLOAD_VERSION) return outdated;
  for (const input of INPUT_IDS) {
    // Old clients send every input of the card with every button.
    if (!(INPUTS_OF[verb] ?? []).includes(input)) Reflect.deleteProperty(payload, input);
  }
  const typed = takeFields(payload);
  if (INPUTS_OF[verb]?.includes('fields') === true) payload['fields'] = typed;
  const parsed = PAYLOADS[verb].safeParse(payload);
  if (!parsed.success) return outdated;
  return { kind: 'action', action: { verb, ...parsed.data } as PressedAction };
}

/** Reads `activity.value` of a message: the same button, from a client without Action.Execute. */
export function parseSubmit(value: unknown): ParsedAction {
  if (typeof value !== 'object' || value === null || !('mailboxMedic' in value)) return outdated;
  const { mailboxMedic, ...inputs } = value as Record<string, unknown>;
  if (typeof mailboxMedic !== 'object' || mailboxMedic === null) return outdated;
  const { verb, data } = mailboxMedic as Record<string, unknown>;
  if (typeof data !== 'object' || data === null) return outdated;
  const typed = Object.fromEntries(
    Object.entries(inputs).filter(
      ([name]) => name.startsWith(FIELD_PREFIX) || INPUT_IDS.some((input) => input === name),
    ),
  );
  return parseAction(verb, { ...data, ...typed });
}

/** Takes what was typed into a form's fields out of the payload. */
function takeFields(payload: Record<string, unknown>): Readonly<Record<string, unknown>> {
  const taken = Object.entries(payload).filter(([name]) => name.startsWith(FIELD_PREFIX));
  for (const [name] of taken) Reflect.deleteProperty(payload, name);
  return Object.fromEntries(taken.map(([name, value]) => [name.slice(FIELD_PREFIX.length), value]));
}

export function isVerb(text: string): text is Verb {
  return Object.hasOwn(PAYLOADS, text);
}

const LONGEST_TITLE = 60;

/**
 * The only way to make a button that reaches the bot. Old clients, and hosts other than Teams, press
 * the Action.Submit instead, which carries the same verb and data.
 */
export function execute<V extends Verb>(
  verb: V,
  title: string,
  payload: ActionPayload<V>,
  look: Pick<ExecuteAction, 'style' | 'mode'> = {},
): ExecuteAction {
  const data = { v: PAYLOAD_VERSION, ...payload };
  const associatedInputs = INPUTS_OF[verb] === undefined ? 'none' : 'auto';
  const common = { title: tidy(title, LONGEST_TITLE), associatedInputs, ...look } as const;
  return {
    type: 'Action.Execute',
    ...common,
    verb,
    data,
    fallback: {
      type: 'Action.Submit',
      ...common,
      data: { mailboxMedic: { verb, data } },
      msteams: { feedback: { hide: true } },
    },
  };
}
