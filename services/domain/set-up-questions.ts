import { EXCHANGE_VERSIONS } from './mail-service.ts';
import { type Fact, type SetUp, supportOf } from './supported-configuration.ts';

/** Asked one at a time, in this order, and only while an answer could make the verdict worse. */
const CHOICES = {
  deployment: ['online', 'on-premises'],
  incomingService: [
    'exchange-online',
    'exchange-server',
    'gmail',
    'yahoo',
    'msn',
    'outlook-com',
    'windows-live-mail',
    'another',
  ],
  profile: ['exchange-online', 'exchange-server', 'pop3-smtp', 'imap-smtp'],
  exchangeVersion: EXCHANGE_VERSIONS,
  act: ['server-side-synchronization', 'outlook', 'none'],
  credentials: ['server-to-server', 'profile', 'mailbox'],
} as const satisfies { readonly [Name in Fact]?: readonly NonNullable<SetUp[Name]>[] };

export type ChosenFact = keyof typeof CHOICES;

/** What is the exception, asked all at once: tick what is so, and leave the rest. */
const TICKS = {
  outgoingProtocol: [{ outgoingProtocol: 'smtp' }, { outgoingProtocol: 'exchange' }],
  mailbox: [{ mailbox: 'queue' }, { mailbox: 'user' }],
  impersonation: [{ impersonation: true }, { impersonation: false }],
  autodiscover: [{ autodiscover: false }, { autodiscover: true }],
  tenant: [{ tenant: 'another' }, { tenant: 'same' }],
  defaultPorts: [{ defaultPorts: false }, { defaultPorts: true }],
  encrypted: [{ encrypted: false }, { encrypted: true }],
  unencryptedServersAllowed: [
    { unencryptedServersAllowed: true },
    { unencryptedServersAllowed: false },
  ],
  insecureCredentialsAllowed: [
    { insecureCredentialsAllowed: true },
    { insecureCredentialsAllowed: false },
  ],
  cloud: [{ cloud: 'us-government' }, { cloud: 'commercial' }],
  governmentPorts: [{ governmentPorts: false }, { governmentPorts: true }],
  multiFactor: [{ multiFactor: true }, { multiFactor: false }],
  actMethodsMixed: [{ actMethodsMixed: true }, { actMethodsMixed: false }],
  fips: [{ fips: true }, { fips: false }],
  fipsCompliantServer: [{ fipsCompliantServer: false }, { fipsCompliantServer: true }],
  trafficInspected: [{ trafficInspected: true }, { trafficInspected: false }],
  bulkMail: [{ bulkMail: true }, { bulkMail: false }],
  encryptedMessages: [{ encryptedMessages: true }, { encryptedMessages: false }],
  customProvider: [{ customProvider: true }, { customProvider: false }],
} as const satisfies { readonly [Name in Fact]?: readonly [ticked: SetUp, otherwise: SetUp] };

export type TickedFact = keyof typeof TICKS;

/** Asked only once the other is so. */
const FOLLOWS: { readonly [Name in TickedFact]?: SetUp } = {
  unencryptedServersAllowed: { encrypted: false },
  insecureCredentialsAllowed: { encrypted: false },
  governmentPorts: { cloud: 'us-government' },
  fipsCompliantServer: { fips: true },
};
/** The kind of profile tells the protocols; nobody is asked for those by name. */
const TOLD_BY_PROFILE: readonly Fact[] = ['incomingProtocol', 'outgoingProtocol'];

export const CHOSEN_FACTS = Object.keys(CHOICES) as ChosenFact[];
export const TICKED_FACTS = Object.keys(TICKS) as TickedFact[];

export type SetUpQuestion =
  | { readonly kind: 'choose'; readonly fact: ChosenFact; readonly choices: readonly string[] }
  | { readonly kind: 'tick'; readonly facts: readonly TickedFact[] };

/** What to ask next; null when nothing more could make it worse, or nobody knows. */
export function nextQuestion(known: SetUp, skipped: readonly Fact[]): SetUpQuestion | null {
  const setUp = withImplied(known);
  const open = supportOf(setUp).open.filter((fact) => !skipped.includes(fact));
  const wanted = (fact: ChosenFact): boolean =>
    open.includes(fact) ||
    (fact === 'profile' &&
      setUp.profile === undefined &&
      !skipped.includes(fact) &&
      open.some((one) => TOLD_BY_PROFILE.includes(one)));
  const fact = CHOSEN_FACTS.find(wanted);
  if (fact !== undefined) return { kind: 'choose', fact, choices: choicesOf(fact, setUp) };
  const facts = TICKED_FACTS.filter(
    (one) => open.includes(one) && isContained(FOLLOWS[one] ?? {}, setUp),
  );
  return facts.length === 0 ? null : { kind: 'tick', facts };
}

/** A value that the question did not offer changes nothing: it comes from a card. */
export function withChoice(known: SetUp, fact: ChosenFact, value: string): SetUp {
  const choice = choicesOf(fact, withImplied(known)).find((one) => one === value);
  return choice === undefined ? known : { ...known, [fact]: choice };
}

/** Of those that were asked: the ticked ones are so, the others are not. */
export function withTicks(
  known: SetUp,
  asked: readonly TickedFact[],
  ticked: readonly string[],
): SetUp {
  const setUp = withImplied(known);
  return asked.reduce<SetUp>((answered, fact) => {
    if (fact === 'outgoingProtocol') {
      const same = setUp.incomingProtocol === 'exchange' ? 'exchange' : 'smtp';
      const other = same === 'exchange' ? 'smtp' : 'exchange';
      return { ...answered, outgoingProtocol: ticked.includes(fact) ? other : same };
    }
    return { ...answered, ...TICKS[fact][ticked.includes(fact) ? 0 : 1] };
  }, known);
}

/** What follows from what is known, so that nobody is asked for it. */
export function withImplied(known: SetUp): SetUp {
  const { profile, incomingService } = known;
  const incomingProtocol =
    profile === 'pop3-smtp'
      ? 'pop3'
      : profile === 'imap-smtp'
        ? 'imap'
        : profile === undefined
          ? undefined
          : 'exchange';
  return {
    ...(incomingProtocol && { incomingProtocol }),
    ...(incomingService === 'exchange-online' && { encrypted: true, governmentPorts: true }),
    // POP3 and IMAP carry mail only; whoever says otherwise has an Exchange profile.
    ...(incomingService && { outgoingService: incomingService }),
    ...known,
  };
}

function isContained(part: SetUp, whole: SetUp): boolean {
  return (Object.keys(part) as Fact[]).every((fact) => part[fact] === whole[fact]);
}

function choicesOf(fact: ChosenFact, { incomingService }: SetUp): readonly string[] {
  // Only Exchange Online trusts server to server by itself; elsewhere it is hybrid modern authentication.
  if (fact === 'credentials' && incomingService !== 'exchange-online') {
    return CHOICES.credentials.filter(
      (one) => incomingService === 'exchange-server' || one !== 'server-to-server',
    );
  }
  return CHOICES[fact];
}
