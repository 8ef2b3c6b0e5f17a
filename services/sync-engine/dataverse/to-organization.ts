import { idOf } from '../../domain/ids.ts';
import type { Deployment, Organization, PerformanceThresholds } from '../../domain/organization.ts';
import { parseXml } from '../../probes/index.ts';
import { flagIn, keyIn, numberIn, type RowValues, textIn } from './row-values.ts';

/** As the embedded engine takes them where nobody set any. */
const USUAL: PerformanceThresholds = { intermittentFrom: 1, permanentFrom: 5 };

export interface AroundOrganization {
  readonly deployment: Deployment;
  readonly tenantId: string | null;
}

export function toOrganization(
  row: RowValues,
  { deployment, tenantId }: AroundOrganization,
): Organization {
  return {
    id: idOf(keyIn(row, 'organizationid') ?? ''),
    name: textIn(row, 'name') ?? '',
    deployment,
    tenantId,
    // Deployment settings: the Web API tells none of them. Online, all three are fixed.
    fips: false,
    tls: { allowCredentialsOverInsecureChannel: false, allowUnencryptedServers: false },
    approval: {
      requiredForUsers: flagIn(row, 'requireapprovalforuseremail') ?? true,
      requiredForQueues: flagIn(row, 'requireapprovalforqueueemail') ?? true,
      selfApprovalNeedsPrivilege: isOn(
        organizationSettings(textIn(row, 'orgdborgsettings')),
        'RequirePrivilegeToSelfApproveEmailAddress',
      ),
    },
    performance: thresholdsIn(row),
  };
}

function thresholdsIn(row: RowValues): PerformanceThresholds {
  const intermittentFrom = numberIn(row, 'mailboxintermittentissueminrange');
  const permanentFrom = numberIn(row, 'mailboxpermanentissueminrange');
  if (intermittentFrom === null || permanentFrom === null) return USUAL;
  const sensible = intermittentFrom >= 1 && permanentFrom > intermittentFrom;
  return sensible ? { intermittentFrom, permanentFrom } : USUAL;
}

/** `<OrgSettings><Name>value</Name>…</OrgSettings>`; what stands there only differs from the default. */
export function organizationSettings(xml: string | null): ReadonlyMap<string, string> {
  const root = xml === null ? null : (parseXml(xml)?.documentElement ?? null);
  const settings = new Map<string, string>();
  for (const node of root?.childNodes ?? []) {
    if (node.nodeType === ELEMENT) settings.set(node.nodeName, node.textContent?.trim() ?? '');
  }
  return settings;
}

const ELEMENT = 1;

function isOn(settings: ReadonlyMap<string, string>, name: string): boolean {
  const value = settings.get(name)?.toLowerCase();
  return value === 'true' || value === '1';
}
