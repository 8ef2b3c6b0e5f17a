import { z } from 'zod';
import { MAX_RETRIES } from '../../domain/failure-policy.ts';
import { EXCHANGE_VERSIONS } from '../../domain/mail-service.ts';

const id = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'use letters, digits, dots, hyphens and underscores');
/** Entra object ids compare as text everywhere, in lower case. */
const personId = id.toLowerCase();
const filled = z.string().trim().min(1).max(200);
const host = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]+$/, 'write a host name or an address without a scheme');

/** The day on which it ceases to be accepted; told a month before. */
const expiresOn = z.iso.date().optional();

/** A secret stands elsewhere: in an environment variable or in a file beside this one. */
const secret = z.union(
  [
    z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), expiresOn }),
    z.strictObject({ file: filled, expiresOn }),
  ],
  {
    error:
      'a secret must be { env: NAME } or { file: path }, with expiresOn: 2027-01-31 if it expires, never the secret itself',
  },
);

const passwordCredentials = z.strictObject({
  /** Told apart by this, so that a mistake in either is named as what it is. */
  oauth: z.undefined().optional(),
  userName: filled,
  password: secret,
});

const clientCredentials = z.strictObject({
  tenantId: filled,
  clientId: filled,
  clientSecret: secret,
  authority: z.url().default('https://login.microsoftonline.com'),
  graph: z.url().default('https://graph.microsoft.com'),
});

const https = z.url({ protocol: /^https$/ });
const GOOGLE_TOKENS = 'https://oauth2.googleapis.com/token';

const refreshToken = z.strictObject({
  oauth: z.literal('refresh-token'),
  userName: filled,
  clientId: filled,
  clientSecret: secret,
  refreshToken: secret,
  tokenEndpoint: https.default(GOOGLE_TOKENS),
});

/** Tokens instead of a password, for IMAP, POP3 and SMTP. */
const tokenCredentials = z.discriminatedUnion('oauth', [
  z.strictObject({
    oauth: z.literal('entra-application'),
    tenantId: filled,
    clientId: filled,
    clientSecret: secret,
    authority: https.default('https://login.microsoftonline.com'),
    resource: https.default('https://outlook.office365.com'),
  }),
  refreshToken,
  z.strictObject({
    oauth: z.literal('google-service-account'),
    account: filled,
    privateKey: secret,
    tokenEndpoint: https.default(GOOGLE_TOKENS),
    scope: filled.default('https://mail.google.com/'),
  }),
]);

const endpoint = z.strictObject({
  host,
  port: z.int().min(1).max(65_535),
  tls: z.enum(['implicit', 'starttls', 'none']),
});

export const organizationSchema = z.strictObject({
  id,
  name: filled,
  deployment: z.enum(['online', 'on-premises']),
  tenantId: filled.nullable().default(null),
  fips: z.boolean().default(false),
  approval: z
    .strictObject({
      requiredForUsers: z.boolean().default(true),
      requiredForQueues: z.boolean().default(true),
      selfApprovalNeedsPrivilege: z.boolean().default(false),
    })
    .prefault({}),
  tls: z
    .strictObject({
      allowCredentialsOverInsecureChannel: z.boolean().default(false),
      allowUnencryptedServers: z.boolean().default(false),
    })
    .prefault({}),
  /** Microsoft publishes no defaults; half of the retries is ours. */
  performance: z
    .strictObject({
      intermittentFrom: z.int().min(1).max(MAX_RETRIES).default(1),
      permanentFrom: z.int().min(2).max(MAX_RETRIES).default(5),
    })
    .refine(({ intermittentFrom, permanentFrom }) => intermittentFrom < permanentFrom, {
      path: ['permanentFrom'],
      error: 'must be more than intermittentFrom',
    })
    .prefault({}),
});

const anyProfile = {
  id,
  organization: id,
  name: filled,
  owner: personId.nullable().default(null),
  majorEventsToOwner: z.boolean().default(true),
  impersonation: z.boolean().default(false),
  certificateAuthorities: filled.optional(),
};

/** Exchange sends what it receives by; an outgoing server is there only to be refused with its article. */
const outgoing = endpoint.optional();

const mailServerProfile = {
  ...anyProfile,
  incoming: endpoint,
  outgoing: endpoint,
  credentialSource: z.enum(['profile', 'mailbox', 'server-to-server']),
  credentials: z.discriminatedUnion('oauth', [passwordCredentials, tokenCredentials]).optional(),
  /** Of the outgoing server, where it is signed in to in another way than the incoming one. */
  outgoingCredentialSource: z.enum(['profile', 'mailbox']).optional(),
  outgoingCredentials: z
    .discriminatedUnion('oauth', [passwordCredentials, tokenCredentials])
    .optional(),
  /** Of an Exchange server: there only to be refused with its article. */
  location: z.string().optional(),
  autodiscover: z.boolean().default(false),
  replica: z.literal(false).default(false),
};

export const profileSchema = z.discriminatedUnion('serverType', [
  z.strictObject({ ...mailServerProfile, serverType: z.literal('pop3-smtp') }),
  z.strictObject({ ...mailServerProfile, serverType: z.literal('imap-smtp') }),
  z.strictObject({
    ...anyProfile,
    serverType: z.literal('exchange-online'),
    credentialSource: z
      .enum(['profile', 'mailbox', 'server-to-server'])
      .default('server-to-server'),
    credentials: clientCredentials,
    outgoing,
    autodiscover: z.boolean().default(true),
    replica: z.boolean().default(false),
  }),
  z.strictObject({
    ...anyProfile,
    serverType: z.literal('exchange-server'),
    exchangeVersion: z.enum(EXCHANGE_VERSIONS).optional(),
    outgoing,
    autodiscover: z.boolean().default(true),
    /** Asked before the services that the mailbox's domain suggests. */
    autodiscoverService: z
      .url({ protocol: /^https$/ })
      .nullable()
      .default(null),
    /** Of Exchange Web Services, where Auto Discover is off. */
    location: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    authentication: z.enum(['ntlm', 'basic', 'oauth']).default('ntlm'),
    credentialSource: z.enum(['profile', 'mailbox', 'server-to-server']),
    credentials: passwordCredentials.optional(),
    /** Hybrid modern authentication: the application whose tokens the server trusts. */
    application: clientCredentials.omit({ graph: true }).optional(),
    replica: z.boolean().default(false),
  }),
]);

const method = z.enum(['server-side-synchronization', 'outlook', 'forward-mailbox', 'none']);

export const mailboxSchema = z.strictObject({
  id,
  organization: id.optional(),
  name: filled,
  address: z.email().max(100),
  kind: z.enum(['user', 'queue', 'forward']).default('user'),
  owner: personId.nullable().default(null),
  profile: id.nullable().default(null),
  active: z.boolean().default(true),
  methods: z
    .strictObject({
      incoming: method.default('server-side-synchronization'),
      outgoing: method.exclude(['forward-mailbox']).default('server-side-synchronization'),
      act: method.exclude(['forward-mailbox']).default('none'),
    })
    .prefault({}),
  /** A refresh token is one person's; the other ways are a whole domain's, and the profile's. */
  credentials: z.discriminatedUnion('oauth', [passwordCredentials, refreshToken]).optional(),
  outgoingCredentials: z
    .discriminatedUnion('oauth', [passwordCredentials, refreshToken])
    .optional(),
  approval: z.enum(['empty', 'pending', 'approved', 'rejected']).default('pending'),
  /** Directions that already synchronize when the engine sees the mailbox for the first time. */
  enabled: z.array(z.enum(['incoming', 'outgoing', 'act'])).default([]),
});

/** The file as a whole; its items are parsed one by one so that one mistake hides no other. */
export const registryFileSchema = z.strictObject({
  organizations: z.array(z.unknown()).min(1),
  profiles: z.array(z.unknown()).default([]),
  mailboxes: z.array(z.unknown()).default([]),
});

export type OrganizationItem = z.infer<typeof organizationSchema>;
export type ProfileItem = z.infer<typeof profileSchema>;
export type ProfileItemOf<Type extends ProfileItem['serverType']> = Extract<
  ProfileItem,
  { serverType: Type }
>;
export type MailServerItem = ProfileItemOf<'pop3-smtp' | 'imap-smtp'>;
export type MailboxItem = z.infer<typeof mailboxSchema>;
export type SecretItem = z.infer<typeof secret>;
export type PasswordItem = z.infer<typeof passwordCredentials>;
export type TokenItem = z.infer<typeof tokenCredentials>;
