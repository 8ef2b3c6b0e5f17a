import { z } from 'zod';
import { MAILBOX_CLASSES } from '../../domain/mailbox-class.ts';
import type {
  MailboxPerformance,
  PageWish,
  PerformanceHour,
  PerformanceScope,
  PerformanceSelection,
  PerformanceSummary,
} from '../../domain/performance.ts';
import {
  processedTurn,
  recordParts,
  recordSchemas,
  type SameShape,
  turnSums,
} from '../../store/index.ts';
import type { PerformanceQueries } from '../performance-queries.ts';
import type { Operation } from './operations.ts';
import { mailbox, organizationId } from './wire-records.ts';

const { byDirection, count, instant, mailboxId, profileId, topic, userId } = recordParts;

const serverTypes = ['exchange-online', 'exchange-server', 'pop3-smtp', 'imap-smtp'] as const;
const mailboxClass = z.enum(MAILBOX_CLASSES);

const scope: z.ZodType<PerformanceScope> = z.strictObject({
  organizationId: organizationId.nullable(),
  profileId: profileId.nullable(),
  concerning: userId.nullable(),
});

const selection: z.ZodType<PerformanceSelection> = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.enum(['configured', 'warnings', 'test-takes-long', 'system-disabled', 'worst']),
  }),
  z.strictObject({ by: z.literal('class'), class: mailboxClass }),
  z.strictObject({ by: z.literal('server-type'), serverType: z.enum(serverTypes).nullable() }),
]);

const pageWish: z.ZodType<PageWish> = z.strictObject({
  after: z.string().max(200).nullable(),
  limit: count.max(100),
});
const period = { from: instant, to: instant };

const page = <Item>(item: z.ZodType<Item>) =>
  z.strictObject({ items: z.array(item).readonly(), total: count, next: z.string().nullable() });

const summaryShape = z.strictObject({
  configured: count,
  healthy: count,
  continuousErrors: count,
  warnings: z.strictObject({
    total: count,
    intermittent: count,
    notProcessing: count,
    testing: z.strictObject({ total: count, takingLong: count }),
  }),
  systemDisabled: count,
  byServerType: z.record(z.enum([...serverTypes, 'none']), count),
});

const mailboxShape = z.strictObject({
  mailbox,
  class: mailboxClass,
  figures: z
    .strictObject({
      sums: turnSums,
      averageProcessingMs: count,
      averageQueueMs: count,
      last: processedTurn,
    })
    .nullable(),
});

const hourShape = z.strictObject({
  from: instant,
  turns: byDirection(turnSums),
  alerts: z
    .array(z.strictObject({ topic, level: z.enum(['information', 'warning', 'error']), count }))
    .readonly(),
});

/** Does not compile when a domain type has parted from its form on the wire. */
type Checked<Shape extends z.ZodType, Value> =
  SameShape<z.output<Shape>, Value> extends true ? z.ZodType<Value> : never;

const summary: Checked<typeof summaryShape, PerformanceSummary> = summaryShape;
const mailboxPerformance: Checked<typeof mailboxShape, MailboxPerformance> = mailboxShape;
const hour: Checked<typeof hourShape, PerformanceHour> = hourShape;

export const performanceOperations: {
  readonly [Name in keyof PerformanceQueries]: Operation<Name>;
} = {
  performanceSummary: {
    acts: false,
    arguments: z.tuple([scope]).readonly(),
    result: summary,
  },
  performanceMailboxes: {
    acts: false,
    arguments: z.tuple([scope, selection, pageWish]).readonly(),
    result: page(mailboxPerformance),
  },
  performanceHours: {
    acts: false,
    arguments: z.tuple([scope, z.strictObject(period)]).readonly(),
    result: z.array(hour).readonly(),
  },
  raisedAlerts: {
    acts: false,
    arguments: z
      .tuple([scope, z.strictObject({ ...period, topic: topic.nullable() }), pageWish])
      .readonly(),
    result: page(recordSchemas.alerts),
  },
  processedTurns: {
    acts: false,
    arguments: z.tuple([mailboxId]).readonly(),
    result: z.array(processedTurn).readonly(),
  },
};
