import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { compose } from '../../bot/compose.ts';
import { CloudChannelAdapter } from '../../bot/teams/index.ts';
import { createLog } from '../../services/observability/index.ts';
import { createTimerScheduler } from '../../services/scheduler/index.ts';
import { CONTROL_FILE, type Control, demoAnswers, startControl } from './control.ts';
import type { DemoOptions } from './options.ts';
import { PEOPLE_FILE } from './people.ts';
import { DEMO_TENANT, type Playground, startPlayground } from './playground.ts';
import { playgroundManners } from './playground-manners.ts';
import { leaveWaiting } from './waiting-messages.ts';
import { startWorld } from './world.ts';

const DIRECTORY = resolve('.demo');
const FIRST_PLAYGROUND_PORT = 56_150;

export interface Demo {
  readonly botUrl: string;
  readonly playgrounds: readonly Playground[];
  readonly control: Control;
  stop(): Promise<void>;
}

/** Mail servers, the bot on loopback without authentication, and a Playground for each person. */
export async function startDemo(options: DemoOptions, say: (line: string) => void): Promise<Demo> {
  // What is in the folder belongs to the demo that runs there: it would be deleted under its feet.
  if (await demoAnswers(CONTROL_FILE)) {
    throw new Error(
      `A demo is already running in this folder (${DIRECTORY}). Use its windows, stop it with Ctrl-C, or start another one in another clone.`,
    );
  }
  await rm(DIRECTORY, { recursive: true, force: true });
  await mkdir(DIRECTORY, { recursive: true });
  const log = createLog(createWriteStream(join(DIRECTORY, 'log.jsonl')));
  const world = await startWorld(DIRECTORY);
  const { servers, legacy, exchange } = world;
  say(
    `mail server      IMAP ${String(servers.imap.ports.implicit)}, POP3 ${String(servers.pop3.ports.starttls)}, SMTP ${String(servers.smtp.ports.starttls)} on localhost, all well`,
  );
  say(`old mail server  POP3 ${String(legacy.pop3.ports.implicit)}, its certificate ended in 2021`);
  say(`Exchange Server  ${exchange.url}, a stand-in, found by Auto Discover`);
  say(`replica of Graph ${servers.graph.baseUrl}, standing in for Exchange Online`);

  const dataDirectory = join(DIRECTORY, 'data');
  await leaveWaiting(dataDirectory, world.waiting);

  const composed = await compose(
    {
      port: options.port,
      host: '127.0.0.1',
      dataDirectory,
      bot: {
        appId: '',
        appType: 'SingleTenant',
        tenantId: DEMO_TENANT,
        password: null,
        allowedTenants: [DEMO_TENANT],
      },
      engine: { kind: 'embedded', file: world.engineFile },
      directory: { kind: 'static', file: PEOPLE_FILE },
      oauthConnection: null,
      metricsToken: null,
    },
    {
      scheduler: createTimerScheduler({ log, speed: options.speed }),
      log,
      environment: {},
      // No app id: the SDK then takes every caller for authenticated. Hence loopback and JSON only.
      createAdapter: () => {
        const adapter = new CloudChannelAdapter({
          authentication: new ConfigurationBotFrameworkAuthentication({}),
          appId: '',
          log,
        });
        adapter.use(playgroundManners);
        return adapter;
      },
      serviceUrlAllowed: isLoopback,
      fileUrlAllowed: isLoopback,
      loopbackOnly: true,
      onStarted: (part, detail) => {
        say(`${part.padEnd(16)} ${Object.values(detail).join(', ') || 'started'}`);
      },
    },
  );
  if (composed.kind === 'invalid') {
    await world.stop();
    throw new Error(
      composed.problems
        .map((one) => `${one.where} ${one.path}: ${one.what}. ${one.remedy}`)
        .join('\n'),
    );
  }
  const { url, engine } = await composed.bot.start();
  const control = await startControl({ world, engine });
  const playgrounds = options.playground
    ? await Promise.all(
        options.people.map((person, index) =>
          startPlayground({
            person,
            botEndpoint: `${url}/api/messages`,
            wantedPort: FIRST_PLAYGROUND_PORT + index,
            directory: join(DIRECTORY, `playground-${String(index + 1)}`),
          }),
        ),
      )
    : [];
  return {
    botUrl: url,
    playgrounds,
    control,
    async stop() {
      await Promise.all(playgrounds.map((playground) => playground.stop()));
      await control.stop();
      await composed.bot.stop();
      await world.stop();
    },
  };
}

function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
