import type { ExchangeVersion, MailService } from './mail-service.ts';
import type { Deployment } from './organization.ts';
import type { SetUp } from './supported-configuration.ts';

interface Row {
  readonly deployment: Deployment;
  readonly services: readonly MailService[];
  readonly versions?: readonly ExchangeVersion[];
  readonly incoming: readonly NonNullable<SetUp['incomingProtocol']>[];
}

/**
 * Microsoft's table: online as of 2022, on-premises as of 2019 (domain.md §6.5). Appointments,
 * contacts and tasks go with Exchange only; a rule says so (unsupported-rules.ts).
 */
const TABLE: readonly Row[] = [
  { deployment: 'online', services: ['exchange-online'], incoming: ['exchange'] },
  {
    deployment: 'online',
    services: ['exchange-server'],
    versions: ['2013-sp1', '2016', '2019'],
    incoming: ['exchange'],
  },
  { deployment: 'online', services: ['gmail', 'yahoo'], incoming: ['pop3', 'imap'] },
  { deployment: 'on-premises', services: ['exchange-online'], incoming: ['exchange'] },
  {
    deployment: 'on-premises',
    services: ['exchange-server'],
    versions: ['2010', '2010-sp3', '2013', '2013-sp1', '2016'],
    incoming: ['exchange'],
  },
  {
    deployment: 'on-premises',
    services: ['gmail', 'yahoo', 'msn', 'outlook-com', 'windows-live-mail'],
    incoming: ['pop3'],
  },
];

/** Undefined while too little is known to look it up. */
export function isListed({
  deployment,
  incomingService,
  incomingProtocol,
  exchangeVersion,
}: SetUp): boolean | undefined {
  if (deployment === undefined || incomingService === undefined) return undefined;
  const rows = TABLE.filter(
    (row) => row.deployment === deployment && row.services.includes(incomingService),
  );
  if (rows.length === 0) return false;
  if (incomingProtocol === undefined) return undefined;
  const byProtocol = rows.filter((row) => row.incoming.includes(incomingProtocol));
  if (byProtocol.length === 0) return false;
  const anyVersion = byProtocol.some(({ versions }) => versions === undefined);
  if (anyVersion) return true;
  if (exchangeVersion === undefined) return undefined;
  return byProtocol.some(({ versions }) => versions?.includes(exchangeVersion));
}
