import { z } from 'zod';
import type { OrganizationId } from '../../domain/ids.ts';
import type { Organization } from '../../domain/organization.ts';
import type { WaitingDay } from '../../domain/outgoing-message.ts';
import type { Fact, SupportReason } from '../../domain/supported-configuration.ts';
import { AGAINST, type Objection } from '../../domain/unsupported-rules.ts';
import { mailbox, recordParts, recordSchemas, type SameShape } from '../../store/index.ts';
import type { MailboxHit, PendingMessage } from '../sync-engine.ts';

const { count, filled } = recordParts;

export const organizationId: z.ZodType<OrganizationId> = filled.transform(
  (value) => value as OrganizationId,
);

const organizationShape = z.strictObject({
  id: organizationId,
  name: z.string(),
  deployment: z.enum(['online', 'on-premises']),
  tenantId: z.string().nullable(),
  fips: z.boolean(),
  approval: z.strictObject({
    requiredForUsers: z.boolean(),
    requiredForQueues: z.boolean(),
    selfApprovalNeedsPrivilege: z.boolean(),
  }),
  tls: z.strictObject({
    allowCredentialsOverInsecureChannel: z.boolean(),
    allowUnencryptedServers: z.boolean(),
  }),
  performance: z.strictObject({ intermittentFrom: count, permanentFrom: count }),
});

export {
  deliveryMethod as method,
  emailServerProfile as profile,
  mailbox,
} from '../../store/index.ts';

const hitShape = z.strictObject({ mailbox, quality: z.enum(['exact', 'close']) });

const pendingShape = z.strictObject({
  message: recordSchemas.outgoingMessages,
  why: z.enum([
    'held',
    'mailbox-inactive',
    'not-synchronized-by-server',
    'address-not-approved',
    'outgoing-not-enabled',
    'outgoing-disabled',
    'retrying',
    'next-cycle',
  ]),
});

const dayShape = z.strictObject({ day: z.string(), waiting: count, held: count });

const FACTS = {
  deployment: true,
  cloud: true,
  profile: true,
  incomingService: true,
  outgoingService: true,
  incomingProtocol: true,
  outgoingProtocol: true,
  exchangeVersion: true,
  mailbox: true,
  act: true,
  actMethodsMixed: true,
  credentials: true,
  multiFactor: true,
  impersonation: true,
  autodiscover: true,
  tenant: true,
  defaultPorts: true,
  governmentPorts: true,
  encrypted: true,
  unencryptedServersAllowed: true,
  insecureCredentialsAllowed: true,
  fips: true,
  fipsCompliantServer: true,
  trafficInspected: true,
  bulkMail: true,
  encryptedMessages: true,
  customProvider: true,
} as const satisfies Record<Fact, true>;
const fact = z.enum(Object.keys(FACTS) as [Fact, ...Fact[]]);
const objection = z.enum<[Objection, ...Objection[]]>([
  'not-listed',
  ...AGAINST.map(({ rule }) => rule),
]);
const reasonShape = z.strictObject({
  verdict: z.enum(['not-recommended', 'unsupported']),
  rule: objection,
  topic: z.string(),
  facts: z.array(fact).readonly(),
});

/** Does not compile when a domain type has parted from its form on the wire. */
type Checked<Shape extends z.ZodType, Value> =
  SameShape<z.output<Shape>, Value> extends true ? z.ZodType<Value> : never;

export const organization: Checked<typeof organizationShape, Organization> = organizationShape;
export const mailboxHit: Checked<typeof hitShape, MailboxHit> = hitShape;
export const pendingMessage: Checked<typeof pendingShape, PendingMessage> = pendingShape;
export const waitingDay: Checked<typeof dayShape, WaitingDay> = dayShape;
export const supportReason: Checked<typeof reasonShape, SupportReason> = reasonShape;

/** Why an action was not done. `sign-in-required` is none of them: no token crosses the wire. */
export const refusals = [
  z.strictObject({ kind: z.literal('not-found') }),
  z.strictObject({ kind: z.literal('approval-missing') }),
  z.strictObject({ kind: z.literal('mailbox-inactive') }),
  z.strictObject({ kind: z.literal('profile-missing') }),
  z.strictObject({ kind: z.literal('no-effect') }),
  z.strictObject({
    kind: z.literal('not-permitted'),
    lacks: z.enum(['office-administrator', 'privilege', 'access']),
    reply: z.string(),
  }),
  z.strictObject({ kind: z.literal('refused'), reply: z.string() }),
] as const;
