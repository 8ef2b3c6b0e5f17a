import type { Activity } from 'botbuilder';

/** Who may talk to the bot at all, decided before anything is looked up or sent. */
export interface AdmissionRules {
  /** Entra tenant ids; never empty. */
  readonly allowedTenants: readonly string[];
  /** Whether replies may be sent to this address of a connector. */
  readonly serviceUrlAllowed: (url: URL) => boolean;
}

export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'refused'; readonly reason: 'channel' | 'service-url' | 'tenant' };

/**
 * Hosts of the Teams connector in Microsoft's clouds (learn.microsoft.com, "Send proactive
 * messages"). An emulator-issued token of our own app is accepted by the SDK without comparing its
 * service URL, and replies carry our token: they must not follow the sender's wish.
 */
const TEAMS_HOSTS: readonly string[] = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];

export function teamsServiceUrl(url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && TEAMS_HOSTS.includes(url.hostname);
}

/** The conversation's and the channel's tenant must both be allowed; at least one is always sent. */
export function admit(activity: Activity, rules: AdmissionRules): Admission {
  if (activity.channelId !== 'msteams') return { kind: 'refused', reason: 'channel' };
  const url = URL.canParse(activity.serviceUrl) ? new URL(activity.serviceUrl) : null;
  if (url === null || !rules.serviceUrlAllowed(url))
    return { kind: 'refused', reason: 'service-url' };
  const channelData = activity.channelData as
    | { readonly tenant?: { readonly id?: unknown } }
    | undefined;
  const tenants = [activity.conversation.tenantId as unknown, channelData?.tenant?.id].filter(
    (tenant) => tenant !== undefined && tenant !== null,
  );
  const allowed = rules.allowedTenants.map((tenant) => tenant.toLowerCase());
  const known = (tenant: unknown): boolean =>
    typeof tenant === 'string' && allowed.includes(tenant.toLowerCase());
  if (tenants.length === 0 || !tenants.every(known)) return { kind: 'refused', reason: 'tenant' };
  return { kind: 'admitted' };
}
