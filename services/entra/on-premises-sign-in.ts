import type { Secret } from '../observability/index.ts';

interface Account {
  /** `CONTOSO\\medic`, or a user principal name. */
  readonly userName: string;
  readonly password: Secret;
}

/** Who asks Dynamics 365 on-premises, which knows no application users. */
export type OnPremisesSignIn =
  /** An Internet-facing deployment: AD FS gives tokens to a client that is registered there. */
  | ({ readonly kind: 'adfs'; readonly tokenUrl: URL; readonly clientId: string } & Account)
  /** Within the network: Windows signs the connection in. */
  | ({ readonly kind: 'ntlm' } & Account);
