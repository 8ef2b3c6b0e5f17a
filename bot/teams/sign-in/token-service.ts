import type { Activity } from 'botbuilder';

/** Somebody as the channel knows them (`29:…`): under this name the token service keeps what is theirs. */
export interface Account {
  readonly id: string;
  readonly channelId: string;
}

/** How a person is let sign in. */
export interface SignInInvitation {
  /** Of a page to sign in on. */
  readonly link: string;
  /** For clients that sign in silently; absent where the connection has no token exchange URL. */
  readonly exchange?: { readonly id: string; readonly uri: string; readonly providerId?: string };
}

/**
 * The Bot Framework's token service, for one OAuth connection of the Azure Bot. It keeps people's
 * tokens and renews them; what it hands out is never written down by us.
 */
export interface TokenService {
  readonly connectionName: string;
  /** Null: this account has not signed in, or (`code`) it is not the code of their sign-in. */
  token(account: Account, code?: string): Promise<string | null>;
  /** Of the client's own token; null where it cannot be exchanged, mostly for want of a consent. */
  exchange(account: Account, clientToken: string): Promise<string | null>;
  invitation(activity: Activity): Promise<SignInInvitation>;
  signOut(account: Account): Promise<void>;
}
