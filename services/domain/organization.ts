import type { OrganizationId } from './ids.ts';

export type Deployment = 'online' | 'on-premises';

/**
 * From how many failures in a row a mailbox that is still enabled counts as one with intermittent
 * issues, and as one with continuous errors (Dataverse `mailboxintermittentissueminrange`,
 * `mailboxpermanentissueminrange`).
 */
export interface PerformanceThresholds {
  readonly intermittentFrom: number;
  readonly permanentFrom: number;
}

/** One Dynamics 365 organization and the settings that decide what synchronization may do. */
export interface Organization {
  readonly id: OrganizationId;
  readonly name: string;
  readonly deployment: Deployment;
  /** Its tenant in Microsoft Entra; null where nobody said. */
  readonly tenantId: string | null;
  /** Configured for FIPS 140-2: mail servers must comply, too. */
  readonly fips: boolean;
  /** System settings, Email tab: "Process emails only for approved users / queues". */
  readonly approval: {
    readonly requiredForUsers: boolean;
    readonly requiredForQueues: boolean;
    /** OrgDbOrgSetting RequirePrivilegeToSelfApproveEmailAddress; off unless somebody set it. */
    readonly selfApprovalNeedsPrivilege: boolean;
  };
  /** The two documented on-premises deployment settings; always false online. */
  readonly tls: {
    readonly allowCredentialsOverInsecureChannel: boolean;
    readonly allowUnencryptedServers: boolean;
  };
  readonly performance: PerformanceThresholds;
}
