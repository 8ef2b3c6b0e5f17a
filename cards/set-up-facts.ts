import { z } from 'zod';
import { EXCHANGE_VERSIONS } from '../services/domain/mail-service.ts';
import { CHOSEN_FACTS, TICKED_FACTS } from '../services/domain/set-up-questions.ts';
import type { Fact, SetUp } from '../services/domain/supported-configuration.ts';

const service = z.enum([
  'exchange-online',
  'exchange-server',
  'gmail',
  'yahoo',
  'msn',
  'outlook-com',
  'windows-live-mail',
  'another',
]);
const fact = z.boolean().exactOptional();

/** What somebody has answered so far, as the buttons of the card carry it. Hostile like all card data. */
export const setUpFacts: z.ZodType<SetUp> = z.strictObject({
  deployment: z.enum(['online', 'on-premises']).exactOptional(),
  cloud: z.enum(['commercial', 'us-government']).exactOptional(),
  profile: z.enum(['exchange-online', 'exchange-server', 'pop3-smtp', 'imap-smtp']).exactOptional(),
  incomingService: service.exactOptional(),
  outgoingService: service.exactOptional(),
  incomingProtocol: z.enum(['exchange', 'pop3', 'imap']).exactOptional(),
  outgoingProtocol: z.enum(['exchange', 'smtp']).exactOptional(),
  exchangeVersion: z.enum(EXCHANGE_VERSIONS).exactOptional(),
  mailbox: z.enum(['user', 'queue', 'forward']).exactOptional(),
  act: z
    .enum(['server-side-synchronization', 'outlook', 'forward-mailbox', 'none'])
    .exactOptional(),
  actMethodsMixed: fact,
  credentials: z.enum(['profile', 'mailbox', 'server-to-server']).exactOptional(),
  multiFactor: fact,
  impersonation: fact,
  autodiscover: fact,
  tenant: z.enum(['same', 'another']).exactOptional(),
  defaultPorts: fact,
  governmentPorts: fact,
  encrypted: fact,
  unencryptedServersAllowed: fact,
  insecureCredentialsAllowed: fact,
  fips: fact,
  fipsCompliantServer: fact,
  trafficInspected: fact,
  bulkMail: fact,
  encryptedMessages: fact,
  customProvider: fact,
});

const asked = z.enum([...CHOSEN_FACTS, ...TICKED_FACTS]);

/** Facts that were asked for; nobody is asked twice. */
export const askedFacts: z.ZodType<readonly Fact[]> = z.array(asked).max(30);
