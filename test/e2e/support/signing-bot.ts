import { onTestFinished } from 'vitest';
import { createHttpServer } from '../../../bot/http/server.ts';
import {
  CloudChannelAdapter,
  createAuthentication,
  createOpenAnswers,
  createSignIn,
  createTeamsEndpoint,
  type SignIn,
  teamsServiceUrl,
} from '../../../bot/teams/index.ts';
import { idOf } from '../../../services/domain/ids.ts';
import type { Person } from '../../../services/domain/person.ts';
import { secretOf } from '../../../services/observability/index.ts';
import { mailboxById } from '../../../services/sync-engine/index.ts';
import { createBotWorld } from '../../support/bot-world.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';
import {
  CONNECTION,
  GLOBAL_ACCOUNT,
  ORGANIZATION,
  wantingTokens,
} from '../../support/sign-in-world.ts';
import { teamsActivity } from '../../support/teams-activity.ts';
import {
  createFakeTokenService,
  type FakeTokenService,
} from '../../support/token-service/fake-token-service.ts';
import { claimsIn } from '../../support/token-service/unsigned-token.ts';
import { post } from './activities.ts';
import {
  APP_ID,
  BOT_TOKEN,
  type LoopbackCloud,
  SERVICE_URL,
  type SentActivity,
  startLoopbackCloud,
  TENANT_ID,
} from './loopback-cloud.ts';

/** What outlives a bot: the SDK keeps the keys of one authority, and the redirection has one target. */
export interface SigningCloud {
  readonly cloud: LoopbackCloud;
  readonly tokens: FakeTokenService;
}

export interface SigningBot extends SigningCloud {
  readonly log: RecordingLog;
  readonly actedAs: readonly unknown[];
  /** Over HTTP, with a token that the channel signed. */
  post(
    from: Person,
    content: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** The first that fits of what this bot has sent, or will. */
  sent(fits: (activity: SentActivity) => boolean): Promise<SentActivity>;
  isApproved(): Promise<boolean>;
  /** Until it is released, nobody is looked up in the token service. */
  hold(): () => void;
}

export async function startSigningCloud(): Promise<SigningCloud> {
  const tokens = createFakeTokenService({
    appId: APP_ID,
    connectionName: CONNECTION,
    resource: ORGANIZATION,
    botToken: BOT_TOKEN,
  });
  const cloud = await startLoopbackCloud({ tokens });
  process.env.LOOPBACK_CLOUD = cloud.url;
  await import(new URL('preload-redirect.mjs', import.meta.url).href);
  return { cloud, tokens };
}

/**
 * The bot behind its own HTTP server, with the Bot Framework's adapter in stock production settings:
 * it checks the channel's signatures, and brings its own token to the token service. The engine is
 * the embedded one, made to want its people's tokens. It ends with the test.
 */
export async function startSigningBot({ cloud, tokens }: SigningCloud): Promise<SigningBot> {
  tokens.expire(GLOBAL_ACCOUNT);
  tokens.fail('nothing');
  const from = cloud.sent.length;
  const log = createRecordingLog();
  const actedAs: unknown[] = [];
  const { services } = await createBotWorld({
    wrapEngine: wantingTokens(async (token) => void actedAs.push(claimsIn(token).oid)),
  });
  const adapter = new CloudChannelAdapter({
    authentication: createAuthentication({
      appId: APP_ID,
      appType: 'SingleTenant',
      tenantId: TENANT_ID,
      password: secretOf('a client secret'),
      allowedTenants: [TENANT_ID],
    }),
    appId: APP_ID,
    log,
  });
  const quick = createSignIn({
    tokens: adapter.tokenService(CONNECTION),
    resource: ORGANIZATION,
    clock: services.clock,
    log,
  });
  let held = Promise.resolve();
  const signIn: SignIn = {
    ...quick,
    async actor(whoever) {
      await held;
      return quick.actor(whoever);
    },
  };
  const endpoint = createTeamsEndpoint(
    adapter,
    { ...services, signIn, log },
    { allowedTenants: [TENANT_ID], serviceUrlAllowed: teamsServiceUrl },
    createOpenAnswers(),
  );
  const http = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    log,
    messages: (authorization, body) => endpoint.handle(authorization, body),
    ready: () => true,
    metrics: async () => ({}),
    metricsToken: null,
    webhook: null,
    loopbackOnly: true,
  });
  const { url } = await http.start();
  onTestFinished(() => http.stop());
  return {
    cloud,
    tokens,
    log,
    actedAs,
    async post(who, content) {
      const activity = teamsActivity(who, content, { over: { serviceUrl: SERVICE_URL } });
      const { status, body } = await post(url, activity, await cloud.token());
      return { status, body: body === '' ? null : (JSON.parse(body) as unknown) };
    },
    sent: (fits) => cloud.next(fits, from),
    hold() {
      let release: () => void = () => undefined;
      held = new Promise<void>((resolve) => {
        release = resolve;
      });
      return () => release();
    },
    isApproved: async () =>
      (await mailboxById(services.engine, idOf('olga')))?.approval.state === 'approved',
  };
}
