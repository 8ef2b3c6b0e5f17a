import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';
import { type DemoPerson, demoPeople } from './people.ts';

export const DEMO_TENANT = '99999999-8888-4777-8666-555555555555';
const DEMO_BOT_ID = '28:mailbox-medic-demo';

export interface Playground {
  readonly url: string;
  readonly person: DemoPerson;
  stop(): Promise<void>;
}

/**
 * Starts Microsoft 365 Agents Playground for one person. It takes a free port by itself when the
 * wanted one is taken, so the address is read from what it prints.
 */
export async function startPlayground(options: {
  readonly person: DemoPerson;
  readonly botEndpoint: string;
  readonly wantedPort: number;
  readonly directory: string;
}): Promise<Playground> {
  const { person, botEndpoint, wantedPort, directory } = options;
  await mkdir(directory, { recursive: true });
  const config = join(directory, '.m365agentsplayground.yml');
  await writeFile(config, stringify(configFor(person)));
  const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  const child = spawn(
    process.execPath,
    [cli, '-e', botEndpoint, '-c', 'msteams', '-p', String(wantedPort), '--disable-telemetry'],
    {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        TEAMSAPPTESTER_BROWSER: 'none',
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
      },
    },
  );
  // Also where the demo gives up half started: its children would stay.
  process.once('exit', () => child.kill());
  const port = await listeningPort(child);
  return {
    url: `http://localhost:${port}`,
    person,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

function listeningPort(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const watch = (line: string): void => {
      output += `${line}\n`;
      const port = /Listening on (\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(port);
    };
    if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', watch);
    if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', watch);
    child.once('exit', (code) =>
      reject(new Error(`the Playground ended with ${String(code)} before it listened:\n${output}`)),
    );
  });
}

/** The Playground wants exactly five users beside the one it acts as; the keys are its own, misspelling included. */
function configFor(person: DemoPerson): object {
  const userOf = (one: DemoPerson): object => ({
    id: `29:${one.id}`,
    name: one.name,
    userPrincipleName: one.email,
    aadObjectId: one.id,
    givenName: one.name.split(' ')[0],
    surname: one.name.split(' ')[1],
    email: one.email,
  });
  const first = person.name.split(' ')[0]?.toLowerCase() ?? 'person';
  return {
    version: '0.1.1',
    tenantId: DEMO_TENANT,
    bot: { id: DEMO_BOT_ID, name: 'Mailbox Medic' },
    currentUser: userOf(person),
    users: demoPeople.filter((one) => one !== person).map(userOf),
    personalChat: { id: `a:personal-${first}` },
    groupChat: { id: `19:group-${first}@thread.v2`, name: 'Support' },
    team: {
      id: `19:team-${first}@thread.tacv2`,
      name: 'Contoso IT',
      aadGroupId: '77777777-0000-4000-8000-000000000001',
      channels: [{ id: `19:channel-${first}@thread.tacv2`, name: 'Mail' }],
    },
  };
}
