import { AppError } from '../observability/index.ts';
import type { Scheduler } from '../scheduler/index.ts';
import { type ApplicationTokens, createKeptTokens } from './kept-tokens.ts';
import type { OnPremisesSignIn } from './on-premises-sign-in.ts';
import { jsonIn, refusalIn } from './token-answer.ts';

export interface AdfsTokensOptions {
  readonly signIn: Extract<OnPremisesSignIn, { kind: 'adfs' }>;
  /** The relying party: the organization's address. */
  readonly resource: string;
  readonly scheduler: Pick<Scheduler, 'now' | 'after'>;
  readonly fetch?: typeof fetch;
}

/** RFC 6749 §4.3 with the account that the bot has: on-premises there is no application user to be. */
export function createAdfsTokens({
  signIn,
  resource,
  scheduler,
  fetch: send = fetch,
}: AdfsTokensOptions): ApplicationTokens {
  const { tokenUrl, clientId, userName, password } = signIn;
  return createKeptTokens(scheduler, async (signal) => {
    const body = new URLSearchParams({
      grant_type: 'password',
      client_id: clientId,
      username: userName,
      password: password.reveal(),
      resource,
    });
    const answered = await send(tokenUrl, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal,
    }).then(
      async (response) => ({ response, text: await response.text() }),
      () => undefined,
    );
    if (answered === undefined) {
      throw new AppError('entra-unreachable', signal.aborted ? 'no answer in time' : 'AD FS');
    }
    const answer = jsonIn(answered.text);
    if (!answered.response.ok) throw refusalIn(answered.response.status, answer);
    const { access_token: value, expires_in: lives } = answer;
    if (typeof value !== 'string' || value === '') {
      throw new AppError('entra-unreachable', 'no token in the answer');
    }
    return { value, livesMs: (Number(lives) > 0 ? Number(lives) : 600) * 1000 };
  });
}
