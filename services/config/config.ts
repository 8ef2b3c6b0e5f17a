import type { Secret } from '../observability/index.ts';

/** All settings, checked and typed. Groups are present only where they apply. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly bot: {
    readonly appId: string;
    readonly appType: 'SingleTenant' | 'UserAssignedMSI';
    readonly tenantId: string;
    readonly password: Secret | null;
    /** Tenants whose people are answered; never empty. */
    readonly allowedTenants: readonly string[];
  };
  readonly engine:
    | { readonly kind: 'embedded'; readonly file: string }
    | { readonly kind: 'remote'; readonly url: URL; readonly key: Secret };
  readonly directory: { readonly kind: 'static'; readonly file: string };
  readonly metricsToken: Secret | null;
}

/** What the sync engine needs as a process of its own; nothing of Teams. */
export interface EngineConfig {
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly file: string;
  readonly key: Secret;
  readonly metricsToken: Secret | null;
}
