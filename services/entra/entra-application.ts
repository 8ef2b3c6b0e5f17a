import type { Secret } from '../observability/index.ts';

/** Who asks Dynamics 365 and Microsoft Graph where nobody has signed in. */
export interface EntraApplication {
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential:
    | { readonly kind: 'secret'; readonly secret: Secret }
    /** Certificate and private key, as PEM. */
    | { readonly kind: 'certificate'; readonly pem: Secret }
    /** User-assigned, of the machine that this runs on. */
    | { readonly kind: 'managed-identity' };
}
