import type { EntraApplication, OnPremisesSignIn } from '../entra/index.ts';
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
    | { readonly kind: 'remote'; readonly url: URL; readonly key: Secret }
    | {
        readonly kind: 'dataverse';
        readonly url: URL;
        readonly application: EntraApplication;
        /** Null: changes are only polled for. */
        readonly webhookKey: Secret | null;
        /** Mail servers that are looked at from here. */
        readonly lookAt: 'public' | 'internal' | 'off';
      }
    /** Only read. */
    | {
        readonly kind: 'dataverse-on-premises';
        readonly url: URL;
        readonly signIn: OnPremisesSignIn;
        readonly lookAt: 'public' | 'internal' | 'off';
      };
  readonly directory:
    | { readonly kind: 'static'; readonly file: string }
    | { readonly kind: 'graph'; readonly application: EntraApplication };
  /** Where people sign in to Dynamics 365 (a connection of the Azure Bot); null: nobody can. */
  readonly oauthConnection: string | null;
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
