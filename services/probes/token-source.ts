/** Who gives out a token for a mailbox; secrets as such, or as references to them. */
export type TokenSource<Secret> =
  /** Exchange Online's IMAP, POP3 and SMTP: an application with IMAP.AccessAsApp and its like. */
  | {
      readonly kind: 'entra-application';
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly authority: string;
      /** Whose scope `/.default` is asked for. */
      readonly resource: string;
    }
  /** RFC 6749 §6: somebody consented once, for their own mailbox. */
  | {
      readonly kind: 'refresh-token';
      readonly tokenEndpoint: string;
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly refreshToken: Secret;
    }
  /** RFC 7523 as Google documents it: the domain's administrator lets the account act for its users. */
  | {
      readonly kind: 'google-service-account';
      readonly tokenEndpoint: string;
      readonly account: string;
      readonly privateKey: Secret;
      readonly scope: string;
    };

/** Everything of a source that must not be shown, in the order of its making. */
export function secretsIn<Secret>(source: TokenSource<Secret>): readonly Secret[] {
  switch (source.kind) {
    case 'entra-application':
      return [source.clientSecret];
    case 'refresh-token':
      return [source.clientSecret, source.refreshToken];
    case 'google-service-account':
      return [source.privateKey];
  }
}
