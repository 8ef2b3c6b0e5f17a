import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import type { Caller } from '../../support/dataverse/callers.ts';
import {
  createFakeTokenService,
  type FakeTokenService,
} from '../../support/token-service/fake-token-service.ts';
import { unsignedToken } from '../../support/token-service/unsigned-token.ts';
import { ANNA, GRETA, GUSTAV, type Sender } from './activities.ts';
import type { BothWorld, BreakableUser } from './both-engines.ts';
import {
  type DynamicsOrganization,
  startDynamicsOrganization,
  TEST_TAKES_MS,
} from './dynamics-organization.ts';
import { APP_ID, BOT_TOKEN, type LoopbackCloud, startLoopbackCloud } from './loopback-cloud.ts';
import { startStory } from './story-world.ts';

/** Of an application that may read service health, as nobody here asks Microsoft Graph for more. */
function graphToken(form: URLSearchParams): string | null {
  const isRight =
    form.get('client_secret') === APPLICATION.secret &&
    form.get('scope')?.includes('https://graph.microsoft.com/.default') === true;
  return isRight ? unsignedToken({ roles: ['ServiceHealth.Read.All'] }) : null;
}

type Ending = Pick<TestContext, 'onTestFinished'>;

const CONNECTION = 'dynamics';
const APPLICATION = {
  id: '22222222-3333-4444-8555-666666666666',
  secret: 'the secret of the application user',
};

/** An organization over HTTP, and the stand-in for where its people and its application sign in. */
export interface DynamicsCloud extends DynamicsOrganization {
  readonly cloud: LoopbackCloud;
  readonly tokens: FakeTokenService;
  /** What the bot is set up with. */
  readonly settings: Readonly<Record<string, string>>;
  /** Tokens that somebody was given, and the application's secret. */
  readonly secrets: () => readonly string[];
}

/** The built program with ENGINE=dataverse, and people who sign in to the organization. */
export interface DynamicsWorld
  extends BothWorld,
    Pick<DynamicsOrganization, 'organization' | 'people'> {}

export interface DynamicsOptions {
  /** Nobody reaches the organization when the program starts. */
  readonly away?: boolean;
  /** Who has signed in to Dynamics 365 before; all who may do anything there, unless told. */
  readonly signedIn?: readonly Sender[];
}

/** For one test: stops when the test ends, however it ends. */
export async function openDynamicsWorld(
  { onTestFinished }: Ending,
  options: DynamicsOptions = {},
): Promise<DynamicsWorld> {
  const world = await startDynamicsWorld(options);
  onTestFinished(() => world.stop());
  return world;
}

export async function startDynamicsWorld({
  away = false,
  signedIn = [ANNA, GUSTAV, GRETA],
}: DynamicsOptions = {}): Promise<DynamicsWorld> {
  const dynamics = await startDynamicsCloud();
  const { organization, people, ids, tokens, cloud, settings, secrets, stop } = dynamics;
  if (away) {
    const fault = { kind: 'unavailable', retryAfterSeconds: 3_600 } as const;
    organization.faults.add({ fault, times: Number.POSITIVE_INFINITY });
  }
  const story = await startStory({
    cloud,
    settings,
    signedIn,
    authenticationOf: ({ id }) => ({
      id: 'exchange',
      connectionName: CONNECTION,
      token: tokens.clientToken(id),
    }),
    stop,
  });
  const idOf = (user: BreakableUser): string => ids[user === 'erik.ek' ? 'Erik Ek' : 'Nils Ny'];
  return Object.assign(story, {
    organization,
    people,
    ids,
    secrets,
    breaks(user: BreakableUser) {
      const results = { incoming: 'mailbox-credentials', outgoing: 'mailbox-credentials' } as const;
      organization.tests.script(idOf(user), { results, takesMs: TEST_TAKES_MS });
    },
    mends: (user: BreakableUser) =>
      organization.tests.script(idOf(user), { takesMs: TEST_TAKES_MS }),
    attempts: (user: BreakableUser) =>
      organization.seen.filter(
        ({ method, path }) => method === 'PATCH' && path === `mailboxes(${idOf(user)})`,
      ).length,
  });
}

/** Without a program, for starts that must be refused; ends with the test. */
export async function openDynamicsCloud({ onTestFinished }: Ending): Promise<DynamicsCloud> {
  const dynamics = await startDynamicsCloud();
  onTestFinished(async () => {
    await Promise.all([dynamics.cloud.stop(), dynamics.stop()]);
  });
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'medic-'));
  return { ...dynamics, settings: { ...dynamics.settings, DATA_DIR } };
}

async function startDynamicsCloud(): Promise<DynamicsCloud> {
  const dynamics = await startDynamicsOrganization();
  const { organization, application, people } = dynamics;
  const given: string[] = [];
  const tokenOf = (caller: Caller): string => {
    const token = organization.token(caller);
    given.push(token);
    return token;
  };
  const tokens = createFakeTokenService({
    appId: APP_ID,
    connectionName: CONNECTION,
    resource: organization.url,
    botToken: BOT_TOKEN,
    issue(objectId) {
      const caller = people.get(objectId);
      if (caller === undefined) throw new Error(`nobody in the organization is ${objectId}`);
      return tokenOf(caller);
    },
  });
  const isRight = (form: URLSearchParams): boolean =>
    form.get('client_id') === APPLICATION.id &&
    form.get('client_secret') === APPLICATION.secret &&
    form.get('scope')?.includes(`${organization.url}/.default`) === true;
  const cloud = await startLoopbackCloud({
    tokens,
    applicationToken: (form) => (isRight(form) ? tokenOf(application) : graphToken(form)),
  });
  return {
    ...dynamics,
    cloud,
    tokens,
    settings: {
      ENGINE: 'dataverse',
      ENGINE_FILE: '',
      DATAVERSE_URL: organization.url,
      DATAVERSE_CLIENT_ID: APPLICATION.id,
      DATAVERSE_CLIENT_SECRET: APPLICATION.secret,
      OAUTH_CONNECTION_NAME: CONNECTION,
    },
    secrets: () => [APPLICATION.secret, ...given],
  };
}
