import { z } from 'zod';
import type { AlertQuery } from '../../domain/alert-wall.ts';
import { limitUse, recordParts, recordSchemas } from '../../store/index.ts';
import type { ActionContext, EarlyWarningQuery, MailboxQuery, SyncEngine } from '../sync-engine.ts';
import { performanceOperations } from './performance-operations.ts';
import {
  actMethod,
  changeMethodAnswer,
  changeProfileAnswer,
  forgetAnswer,
  profileChange,
  profileCheck,
  profilePart,
  setActiveAnswer,
} from './wire-changes.ts';
import {
  mailbox,
  mailboxHit,
  organization,
  organizationId,
  pendingMessage,
  profile,
  refusals,
  waitingDay,
} from './wire-records.ts';

/** What is asked over the wire: the whole port but for starting and stopping. */
export type OperationName = Exclude<keyof SyncEngine, 'kind' | 'start' | 'stop'>;

type Own<Parameters extends readonly unknown[]> = Parameters extends readonly [
  ...infer First,
  ActionContext,
]
  ? First
  : Parameters;
/** Without the context of an action, which every action carries in the same form. */
export type ArgumentsOf<Name extends OperationName> = Readonly<Own<Parameters<SyncEngine[Name]>>>;
export type ResultOf<Name extends OperationName> = Awaited<ReturnType<SyncEngine[Name]>>;

export interface Operation<Name extends OperationName> {
  readonly acts: Parameters<SyncEngine[Name]> extends readonly [...unknown[], ActionContext]
    ? true
    : false;
  readonly arguments: z.ZodType<ArgumentsOf<Name>>;
  readonly result: z.ZodType<ResultOf<Name>>;
}

const { count, filled, instant, mailboxId, profileId, testRunId, topic, userId } = recordParts;

/** JSON has no undefined. */
const optional = <Value>(schema: z.ZodType<Value>): z.ZodType<Value | undefined> =>
  schema.nullable().transform((value) => value ?? undefined);
const list = <Value>(schema: z.ZodType<Value>): z.ZodType<readonly Value[]> =>
  z.array(schema).readonly();

const none = z.tuple([]).transform((): readonly [] => []);
const one = z.tuple([mailboxId]).readonly();
const before = z.tuple([mailboxId, instant.nullable()]).readonly();

const MOST_HITS = 1_000;
const query: z.ZodType<MailboxQuery> = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('id'), id: mailboxId }),
  z.strictObject({
    by: z.literal('text'),
    text: z.string(),
    limit: count.max(MOST_HITS),
  }),
  z.strictObject({ by: z.literal('owner'), ownerId: userId }),
  z.strictObject({ by: z.literal('profile'), profileId }),
  z.strictObject({ by: z.literal('approval-pending') }),
]);

const warningQuery: z.ZodType<EarlyWarningQuery> = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('mailbox'), mailboxId }),
  z.strictObject({ by: z.literal('profile'), profileId }),
  z.strictObject({ by: z.literal('cause'), cause: filled }),
]);
const MOST_ALERTS = 1_000;
const alertQuery: z.ZodType<AlertQuery> = z.strictObject({
  wall: z.discriminatedUnion('of', [
    z.strictObject({ of: z.literal('mailbox'), mailboxId }),
    z.strictObject({ of: z.literal('profile'), profileId }),
    z.strictObject({ of: z.literal('person'), userId }),
  ]),
  state: z.enum(['open', 'any']),
  limit: count.max(MOST_ALERTS),
});
const failedItems = z.strictObject({
  error: z.string(),
  topic: topic.nullable(),
  count,
  latestAt: instant,
});
const forms = z.strictObject({
  withOrganizer: list(z.string()),
  withoutOrganizer: list(z.string()),
});
const wallAlert = z.strictObject({ alert: recordSchemas.alerts, open: z.boolean() });

const seenServer = z.strictObject({
  directions: z.array(recordParts.direction).readonly(),
  sight: recordSchemas.serverSights,
});

const notOffered = z.strictObject({ kind: z.literal('not-offered') });
const waiting = {
  acts: true,
  arguments: before,
  result: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('changed'), count, mailbox }),
    notOffered,
    ...refusals,
  ]),
} as const;

/** One entry for each method of the port, read by both sides: the compiler asks for what is missing. */
export const operations: { readonly [Name in OperationName]: Operation<Name> } = {
  organization: {
    acts: false,
    arguments: z.tuple([organizationId]).readonly(),
    result: optional(organization),
  },
  profile: {
    acts: false,
    arguments: z.tuple([profileId]).readonly(),
    result: optional(profile),
  },
  findMailboxes: {
    acts: false,
    arguments: z.tuple([query]).readonly(),
    result: list(mailboxHit),
  },
  limits: { acts: false, arguments: one, result: list(limitUse) },
  failedItems: { acts: false, arguments: one, result: list(failedItems) },
  appointmentForms: { acts: false, arguments: none, result: forms.nullable() },
  earlyWarnings: {
    acts: false,
    arguments: z.tuple([warningQuery]).readonly(),
    result: list(recordSchemas.earlyWarnings),
  },
  sights: { acts: false, arguments: one, result: list(seenServer) },
  alerts: {
    acts: false,
    arguments: z.tuple([alertQuery]).readonly(),
    result: list(wallAlert),
  },
  openAlerts: { acts: false, arguments: one, result: list(recordSchemas.alerts) },
  testRun: {
    acts: false,
    arguments: z.tuple([testRunId]).readonly(),
    result: optional(recordSchemas.testRuns),
  },
  pendingMessages: { acts: false, arguments: one, result: list(pendingMessage) },
  waitingByDay: { acts: false, arguments: one, result: list(waitingDay) },
  testAndEnable: {
    acts: true,
    arguments: one,
    result: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.enum(['started', 'already-running']), testRunId }),
      ...refusals,
    ]),
  },
  approve: {
    acts: true,
    arguments: one,
    result: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.enum(['approved', 'already-approved']), mailbox }),
      ...refusals,
    ]),
  },
  reject: {
    acts: true,
    arguments: one,
    result: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.enum(['rejected', 'already-rejected']), mailbox }),
      ...refusals,
    ]),
  },
  submit: {
    acts: true,
    arguments: z
      .tuple([
        z.strictObject({
          mailboxId,
          subject: z.string(),
          to: z.array(z.string()).readonly(),
          text: z.string(),
        }),
      ])
      .readonly(),
    result: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('pending'), message: recordSchemas.outgoingMessages }),
      notOffered,
      ...refusals,
    ]),
  },
  ...performanceOperations,
  holdMessages: waiting,
  cancelMessages: waiting,
  releaseMessages: waiting,
  setUpChanges: { acts: false, arguments: one, result: list(recordSchemas.setUpChanges) },
  checkProfileChange: {
    acts: false,
    arguments: z.tuple([profileId, profileChange]).readonly(),
    result: profileCheck,
  },
  changeProfile: {
    acts: true,
    arguments: z.tuple([profileId, profileChange]).readonly(),
    result: changeProfileAnswer,
  },
  forgetOverruled: {
    acts: true,
    arguments: z.tuple([profileId, profilePart]).readonly(),
    result: forgetAnswer,
  },
  changeActMethod: {
    acts: true,
    arguments: z.tuple([mailboxId, actMethod]).readonly(),
    result: changeMethodAnswer,
  },
  setActive: {
    acts: true,
    arguments: z.tuple([mailboxId, z.boolean()]).readonly(),
    result: setActiveAnswer,
  },
};

/** Of an action, as it crosses the wire. The actor's token does not: the engine signs in by itself. */
export const wireContext = z.strictObject({
  actorId: userId,
  idempotencyKey: filled,
  selfApproval: z.boolean(),
  markAsPrimary: z.boolean(),
});
