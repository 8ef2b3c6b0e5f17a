/** What serves a mailbox's mail, as Microsoft's table of supported systems names it (domain.md §6.5). */
export type MailService =
  | 'exchange-online'
  | 'exchange-server'
  | 'gmail'
  | 'yahoo'
  | 'msn'
  | 'outlook-com'
  | 'windows-live-mail'
  | 'another';

/** Exchange Server by the releases that the table tells apart. */
export const EXCHANGE_VERSIONS = [
  '2003',
  '2007',
  '2010',
  '2010-sp3',
  '2013',
  '2013-sp1',
  '2016',
  '2019',
  'subscription-edition',
] as const;
export type ExchangeVersion = (typeof EXCHANGE_VERSIONS)[number];

/**
 * By the end of the host name, the public services that can be told by it. Consumers of Outlook.com
 * are served from office365.com too: a password is refused there just the same.
 */
const BY_DOMAIN: readonly (readonly [domain: string, service: MailService])[] = [
  ['office365.com', 'exchange-online'],
  ['office365.us', 'exchange-online'],
  ['outlook.office.com', 'exchange-online'],
  ['partner.outlook.cn', 'exchange-online'],
  ['graph.microsoft.com', 'exchange-online'],
  ['graph.microsoft.us', 'exchange-online'],
  ['microsoftgraph.chinacloudapi.cn', 'exchange-online'],
  ['gmail.com', 'gmail'],
  ['googlemail.com', 'gmail'],
  ['yahoo.com', 'yahoo'],
  ['msn.com', 'msn'],
  ['outlook.com', 'outlook-com'],
  ['hotmail.com', 'outlook-com'],
  ['live.com', 'windows-live-mail'],
];

/** Undefined for a host that says nothing of itself: most servers of a company's own. */
export function mailServiceAt(host: string): MailService | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  return BY_DOMAIN.find(([domain]) => name === domain || name.endsWith(`.${domain}`))?.[1];
}
