import { createSignIn } from '../../bot/teams/index.ts';
import type { ActionContext, SyncEngine } from '../../services/sync-engine/index.ts';
import { type BotWorld, type BotWorldOptions, createBotWorld, globalAdmin } from './bot-world.ts';
import { createRecordingLog, type RecordingLog } from './recording-log.ts';
import {
  createFakeTokenService,
  type FakeTokenService,
  type FakeTokenServiceOptions,
} from './token-service/fake-token-service.ts';
import { tokenServiceOver } from './token-service/token-server.ts';
import { claimsIn } from './token-service/unsigned-token.ts';

const APP_ID = '11111111-2222-4333-8444-555555555555';
export const CONNECTION = 'dynamics';
export const ORGANIZATION = 'https://contoso.crm4.dynamics.com';
export const GLOBAL_ACCOUNT = `29:${globalAdmin.id}`;

export interface SignInWorld extends BotWorld {
  readonly tokens: FakeTokenService;
  readonly log: RecordingLog;
  /** As whom the engine acted, by the tokens that it was given. */
  readonly actedAs: readonly unknown[];
}

/** The real bot over an engine that acts only with the person's own token. */
export async function createSignInWorld({
  service = {},
  refusing = async () => undefined,
  ...options
}: BotWorldOptions & {
  readonly service?: Partial<FakeTokenServiceOptions>;
  /** What the system of record does with a token, before the action. */
  readonly refusing?: (token: string) => Promise<void>;
} = {}): Promise<SignInWorld> {
  const known = { appId: APP_ID, connectionName: CONNECTION };
  const tokens = createFakeTokenService({
    ...known,
    resource: ORGANIZATION,
    botToken: null,
    ...service,
  });
  const client = await tokenServiceOver(tokens, known);
  const log = createRecordingLog();
  const actedAs: unknown[] = [];
  const world = await createBotWorld({
    ...options,
    wrapEngine: wantingTokens(async (token) => {
      await refusing(token);
      actedAs.push(claimsIn(token).oid);
    }),
    over: (services) => ({
      log,
      signIn: createSignIn({
        tokens: client,
        resource: ORGANIZATION,
        clock: services.clock,
        log,
      }),
      ...options.over?.(services),
    }),
  });
  return { ...world, tokens, log, actedAs };
}

/** Approves and tests only for who brings a token; it is shown before anything is done. */
export function wantingTokens(
  shown: (token: string) => Promise<void>,
): (engine: SyncEngine) => SyncEngine {
  async function signedIn<Answer>(
    { actor, signal }: ActionContext,
    work: () => Promise<Answer>,
  ): Promise<Answer | { readonly kind: 'sign-in-required' }> {
    if (actor.token === undefined) return { kind: 'sign-in-required' };
    await shown(await actor.token(ORGANIZATION, signal));
    return work();
  }
  return (engine) => ({
    ...engine,
    approve: (id, context) => signedIn(context, () => engine.approve(id, context)),
    testAndEnable: (id, context) => signedIn(context, () => engine.testAndEnable(id, context)),
  });
}
