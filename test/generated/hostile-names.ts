const WORDINGS = [
  'Support och e-post',
  'e post',
  'Not Approved Invoices',
  'Mailbox 12',
  'Mailbox Mailbox',
  'Postlådan',
  'The mailbox',
  'The owner',
  'Ägaren till e-postserverprofilen',
  'has been disabled',
  'Mailbox has been notified',
  'inte är godkänd',
  'because',
  'eftersom',
  'Profil för postlådor',
  'Ta emot gods',
  'för att ta emot e-post',
  "didn't synchronize",
  'Exchange Online',
  'Office 365',
  'Test Message',
  'Microsoft Dynamics 365',
  'sending and receiving',
  'underrättats',
  'credentials',
];
const PEOPLE = [
  'Anna Ek',
  "O'Brien, Patrick",
  'Renée Öst',
  'Łukasz Żak',
  'Ærø Ström',
  'Nguyễn Văn An',
  'Jean-Luc',
];
const ADDRESSES = [
  'order@contoso.se',
  'IT-support <helpdesk@contoso.se>',
  'a.b+c@sub.fabrikam.co.uk',
  'http://x.se/?a=1&b=2',
  'EX01.corp.local',
  '10.0.0.4',
  '\\\\filer\\post',
];
const WRITINGS = [
  'שלום עולם',
  'مرحبا بالعالم',
  '日本語メール',
  'Почта Север',
  'Ταχυδρομείο',
  'Ł ß æ Œ',
  'İstanbul',
];
const SIGNS = [
  'Contoso Inc.',
  'Kl. 9.00',
  'A & B',
  'a > b',
  '%s {mailbox} $1 \\n',
  '**Bold** _x_',
  '# Heading',
  '- item',
  '1',
  'I',
  'x'.repeat(120),
  '50 % rabatt',
  'C# / .NET',
  'a=b; c=d',
  'DROP TABLE mail',
  'null',
  'undefined',
];
const PICTURES = ['🚀', '👩‍💻', '📦', '🇸🇪'];

/** What people put around a name; each must come back with it. */
const DECORATIONS: readonly ((name: string) => string)[] = [
  (name) => `${name} (Göteborg)`,
  (name) => `[Nord] ${name}`,
  (name) => `${name} / Syd`,
  (name) => `**${name}** _x_`,
  (name) => `${name} 24/7`,
];

/** Two hundred names that are read back exactly as they were given. */
export const HOSTILE_NAMES: readonly string[] = [
  ...WORDINGS,
  ...PEOPLE,
  ...ADDRESSES,
  ...WRITINGS,
  ...SIGNS,
  ...PICTURES,
  ...PICTURES.map((picture) => `${picture} Order ${picture}`),
  ...WRITINGS.map((name) => `${name} Order`),
  ...PEOPLE.flatMap((name) => DECORATIONS.map((decorate) => decorate(name))),
  ...WORDINGS.slice(0, 18).flatMap((name) => DECORATIONS.map((decorate) => decorate(name))),
].slice(0, 200);
