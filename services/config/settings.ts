import { z } from 'zod';

/** What a setting is for, shown with every problem and in .env.example. */
interface Setting {
  readonly purpose: string;
  readonly example: string;
  readonly schema: z.ZodType;
}

const GUID = 'a GUID such as 11111111-2222-4333-8444-555555555555';
const guid = z.guid(`must be ${GUID}`);
const port = z.coerce
  .number('must be a whole number')
  .int('must be a whole number')
  .min(0, 'must be 0 to 65535')
  .max(65_535, 'must be 0 to 65535');
const text = z.string().trim().min(1, 'must not be empty');
const secret = z.string().min(1, 'must not be empty');
const notInThisVersion = (names: string): string =>
  `must be ${names}: the others come in a later version`;

/**
 * Every environment variable that the product reads, in the order of .env.example. A secret may be
 * given as NAME_FILE instead: the path of a file that holds it.
 */
export const settings = {
  PORT: {
    purpose: 'port that Azure Bot sends messages to',
    example: '3978',
    schema: port.default(3978),
  },
  HOST: {
    purpose: 'address to listen on',
    example: '127.0.0.1',
    schema: text.default('127.0.0.1'),
  },
  DATA_DIR: {
    purpose: 'folder for everything that is kept',
    example: '.data',
    schema: text.default('.data'),
  },
  MicrosoftAppId: {
    purpose: 'application (client) id of the bot: without it anybody could speak to the bot',
    example: '11111111-2222-4333-8444-555555555555',
    schema: guid,
  },
  MicrosoftAppPassword: {
    purpose: 'client secret of the bot; not used with UserAssignedMSI',
    example: '',
    schema: secret.optional(),
  },
  MicrosoftAppTenantId: {
    purpose: 'tenant that the bot is registered in',
    example: '99999999-8888-4777-8666-555555555555',
    schema: guid,
  },
  MicrosoftAppType: {
    purpose: 'how the bot proves who it is',
    example: 'SingleTenant',
    schema: z
      .enum(['SingleTenant', 'UserAssignedMSI'], 'must be SingleTenant or UserAssignedMSI')
      .default('SingleTenant'),
  },
  ALLOWED_TENANTS: {
    purpose: 'tenants whose people are answered, separated by commas; default: the bot’s own',
    example: '99999999-8888-4777-8666-555555555555',
    schema: z
      .string()
      .transform((value) => value.split(',').map((tenant) => tenant.trim()))
      .pipe(z.array(guid).min(1))
      .optional(),
  },
  ENGINE: {
    purpose: 'which sync engine to use',
    example: 'embedded',
    schema: z
      .enum(['embedded', 'remote', 'dataverse'], 'must be embedded, remote or dataverse')
      .default('embedded'),
  },
  ENGINE_FILE: {
    purpose:
      'YAML file with the organizations, email server profiles and mailboxes of the embedded engine',
    example: 'mailboxes.yaml',
    schema: text.optional(),
  },
  ENGINE_URL: {
    purpose: 'with ENGINE=remote: where `npm run engine` is reached; https, but on this machine',
    example: 'https://engine.contoso.example',
    schema: z.url({ protocol: /^https?$/, error: 'must be an https address' }).optional(),
  },
  ENGINE_KEY: {
    purpose: 'secret of 32 characters or more that a remote engine and its bot share',
    example: '',
    schema: z.string().min(32, 'must have 32 characters or more').optional(),
  },
  ENGINE_PLAIN_HTTP: {
    purpose: 'allowed: a remote engine without TLS on other machines, in a network that you trust',
    example: 'refused',
    schema: z.enum(['refused', 'allowed'], 'must be refused or allowed').default('refused'),
  },
  DATAVERSE_URL: {
    purpose: 'with ENGINE=dataverse: address of the Dynamics 365 organization',
    example: 'https://contoso.crm4.dynamics.com',
    schema: z.url({ protocol: /^https?$/, error: 'must be an https address' }).optional(),
  },
  DATAVERSE_AUTHENTICATION: {
    purpose:
      'how the bot proves who it is there: entra (secret or certificate), managed-identity; on-premises adfs or ntlm',
    example: 'entra',
    schema: z
      .enum(
        ['entra', 'managed-identity', 'adfs', 'ntlm'],
        'must be entra, managed-identity, adfs or ntlm',
      )
      .default('entra'),
  },
  DATAVERSE_CLIENT_ID: {
    purpose:
      'application (client) id of the application user; DIRECTORY=graph reads Microsoft Graph with it',
    example: '22222222-3333-4444-8555-666666666666',
    schema: guid.optional(),
  },
  DATAVERSE_CLIENT_SECRET: {
    purpose: 'its client secret; or a certificate',
    example: '',
    schema: secret.optional(),
  },
  DATAVERSE_CLIENT_CERTIFICATE: {
    purpose: 'its certificate with the private key, both as PEM',
    example: '',
    schema: z
      .string()
      .regex(
        /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[\s\S]*-----BEGIN CERTIFICATE-----|-----BEGIN CERTIFICATE-----[\s\S]*-----BEGIN (?:RSA |EC )?PRIVATE KEY-----/,
        'must hold a certificate and its private key as PEM',
      )
      .optional(),
  },
  DATAVERSE_USER: {
    purpose: 'with adfs or ntlm: the account that reads Dynamics 365 on-premises',
    example: 'medic@contoso.example',
    schema: text.optional(),
  },
  DATAVERSE_PASSWORD: {
    purpose: 'its password',
    example: '',
    schema: secret.optional(),
  },
  DATAVERSE_TOKEN_URL: {
    purpose: 'with adfs: where AD FS gives out tokens; the client id is DATAVERSE_CLIENT_ID',
    example: 'https://adfs.contoso.example/adfs/oauth2/token',
    schema: z.url({ protocol: /^https$/, error: 'must be an https address' }).optional(),
  },
  OAUTH_CONNECTION_NAME: {
    purpose:
      'OAuth connection of the Azure Bot that signs people in to Dynamics 365; without it nobody can approve there',
    example: 'dataverse',
    schema: text.optional(),
  },
  WEBHOOK_KEY: {
    purpose:
      'secret of 32 characters or more that Dynamics 365 sends with its webhook; without it changes are only polled for',
    example: '',
    schema: z.string().min(32, 'must have 32 characters or more').optional(),
  },
  LOOK_AT_SERVERS: {
    purpose:
      'with ENGINE=dataverse: mail servers of its profiles that the bot looks at from this machine, without signing in: public, internal (those of internal networks as well) or off',
    example: 'public',
    schema: z
      .enum(['public', 'internal', 'off'], 'must be public, internal or off')
      .default('public'),
  },
  STORE: {
    purpose: 'where state is kept',
    example: 'file',
    schema: z.literal('file', notInThisVersion('file')).default('file'),
  },
  DIRECTORY: {
    purpose: 'where people and their roles come from',
    example: 'static',
    schema: z.enum(['static', 'graph'], 'must be static or graph').default('static'),
  },
  DIRECTORY_FILE: {
    purpose: 'with DIRECTORY=static: YAML file with the people and their roles',
    example: 'people.yaml',
    schema: text.optional(),
  },
  METRICS_TOKEN: {
    purpose:
      'bearer token for GET /metrics from other machines; without it only this machine may ask',
    example: '',
    schema: secret.optional(),
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

/** Settings that hold secrets: only these may come from a NAME_FILE. */
export const SECRET_SETTINGS: readonly SettingName[] = [
  'MicrosoftAppPassword',
  'ENGINE_KEY',
  'DATAVERSE_CLIENT_SECRET',
  'DATAVERSE_CLIENT_CERTIFICATE',
  'DATAVERSE_PASSWORD',
  'WEBHOOK_KEY',
  'METRICS_TOKEN',
];

/**
 * The Bot Framework SDK's own redirections. Any of them would let somebody else's token issuer in,
 * so their mere presence stops the start.
 */
export const REFUSED_OVERRIDES = [
  'ChannelService',
  'BotOpenIdMetadata',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromChannelTokenIssuer',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'OAuthApiEndpoint',
  'OAuthUrl',
  'ValidateAuthority',
] as const;
