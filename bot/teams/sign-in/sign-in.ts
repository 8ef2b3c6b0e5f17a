import type { Activity } from 'botbuilder';
import type { UserId } from '../../../services/domain/ids.ts';
import { MINUTE_MS } from '../../../services/domain/time.ts';
import { AppError, asAppError, type Log } from '../../../services/observability/index.ts';
import type { Clock } from '../../../services/scheduler/index.ts';
import type { ActionContext } from '../../../services/sync-engine/index.ts';
import type { Account, SignInInvitation, TokenService } from './token-service.ts';
import { type TokenVerdict, verdictOn } from './token-verdict.ts';

/** What a client brings when its person has been asked to sign in. */
export type Brought =
  /** The client's own token of the person, to be exchanged. */
  | { readonly kind: 'token'; readonly token: string }
  /** From the sign-in page, by way of the client. */
  | { readonly kind: 'code'; readonly code: string }
  /** They closed the page. */
  | { readonly kind: 'cancelled' };

export type Trouble =
  | 'not-exchanged'
  | 'wrong-code'
  | 'cancelled'
  | Exclude<TokenVerdict, 'theirs'>;
export type SignedIn = 'signed-in' | Trouble;

/** Who somebody is in Entra, and as whom the channel knows them; both from the verified activity. */
export interface Whoever {
  readonly personId: UserId;
  readonly account: Account;
}

/** People act in the system of record as themselves. Absent where it asks nobody to sign in. */
export interface SignIn {
  /** Of the OAuth connection of the Azure Bot. */
  readonly connectionName: string;
  /** With a way to their token where they have signed in. */
  actor(whoever: Whoever): Promise<ActionContext['actor']>;
  complete(whoever: Whoever, brought: Brought): Promise<SignedIn>;
  invitation(activity: Activity): Promise<SignInInvitation>;
  /** Their token is of no use (any more): the next wish asks them to sign in. */
  forget(whoever: Whoever): Promise<void>;
}

export interface SignInParts {
  readonly tokens: TokenService;
  /** The organization's address. */
  readonly resource: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** One action makes several requests: between them the token service is not asked again. */
const GOOD_FOR_MS = MINUTE_MS;

export function createSignIn({ tokens, resource, clock, log }: SignInParts): SignIn {
  async function forget({ account }: Whoever): Promise<void> {
    await tokens.signOut(account).catch((error: unknown) => {
      log.error('sign-out-failed', { reason: asAppError(error).code });
    });
  }

  /** Nobody acts with the token of somebody else, however it got there. */
  async function checked(token: string, whoever: Whoever): Promise<TokenVerdict> {
    const verdict = verdictOn(token, { personId: whoever.personId, resource });
    if (verdict === 'theirs') return verdict;
    log.warn('sign-in-refused', { why: verdict });
    await forget(whoever);
    return verdict;
  }

  async function current(whoever: Whoever): Promise<string | null> {
    const token = await tokens.token(whoever.account);
    return token !== null && (await checked(token, whoever)) === 'theirs' ? token : null;
  }

  return {
    connectionName: tokens.connectionName,
    async actor(whoever) {
      const userId = whoever.personId;
      const first = await current(whoever);
      if (first === null) return { userId };
      let known = { token: first, at: clock.now() };
      return {
        userId,
        async token(asked, signal) {
          signal.throwIfAborted();
          if (new URL(asked).origin !== new URL(resource).origin) {
            throw new AppError(
              'sign-in-not-set-up',
              'a token for another organization was asked for',
            );
          }
          if (clock.now() - known.at > GOOD_FOR_MS) {
            const token = await current(whoever);
            if (token === null) throw new AppError('sign-in-ended', 'signed out while acting');
            known = { token, at: clock.now() };
          }
          return known.token;
        },
      };
    },
    async complete(whoever, brought) {
      if (brought.kind === 'cancelled') return 'cancelled';
      const token =
        brought.kind === 'token'
          ? await tokens.exchange(whoever.account, brought.token)
          : await tokens.token(whoever.account, brought.code);
      if (token === null) return brought.kind === 'token' ? 'not-exchanged' : 'wrong-code';
      const verdict = await checked(token, whoever);
      return verdict === 'theirs' ? 'signed-in' : verdict;
    },
    invitation: (activity) => tokens.invitation(activity),
    forget,
  };
}
