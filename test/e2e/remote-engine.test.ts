import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { idOf, type MailboxId } from '../../services/domain/ids.ts';
import { secretOf } from '../../services/observability/index.ts';
import { createRemoteEngine } from '../../services/sync-engine/index.ts';
import { createFakeScheduler } from '../support/fake-scheduler.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { silentLog } from '../support/silent-log.ts';
import { by } from '../support/sync-world.ts';
import { ANNA, buttonOf, ERIK } from './support/activities.ts';
import type { SentActivity } from './support/loopback-cloud.ts';
import { PASSWORDS } from './support/mail-registry.ts';
import { type MailWorld, openMailWorld } from './support/mail-world.ts';
import { startProgram } from './support/program.ts';
import {
  createEngineProcess,
  ENGINE_KEY,
  type EngineProcess,
  runEngineToEnd,
} from './support/remote-engine-process.ts';
import { cardFor } from './support/story-world.ts';

const VERB = 'test-and-enable';

async function openWorld(
  context: TestContext,
): Promise<{ readonly world: MailWorld; readonly engine: EngineProcess }> {
  let engine: EngineProcess | undefined;
  context.onTestFinished(async () => {
    await engine?.stop();
  });
  const world = await openMailWorld(context, {
    async engine(registryFile) {
      engine = await createEngineProcess(registryFile);
      await engine.start();
      return engine.botSettings;
    },
  });
  return { world, engine: engine! };
}

async function contentOf(directory: string): Promise<string> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

describe('an engine of its own process', () => {
  it('tests and enables a mailbox, and the card follows to the end', async (context) => {
    const { world, engine } = await openWorld(context);
    const [shown] = await world.say(ANNA, 'status Nils Ny');
    const from = world.cloud.sent.length;
    const answer = await world.press(ANNA, buttonOf(shown!.card, VERB), shown!.activityId);
    expect(answer.says).toMatch(/The test of Nils Ny is queued|Testing Nils Ny/);
    await world.shown(ANNA, ['Nils Ny works and is enabled'], { method: 'PUT', from });
    expect(world.servers.messages('nils.ny')).toHaveLength(1);

    await world.program.stop();
    await engine.stop();
    // The mailbox's state is the engine's; no secret crossed, and neither wrote down the key.
    const bots = [await contentOf(world.program.dataDirectory), ...world.program.output].join('\n');
    const engines = [await contentOf(engine.dataDirectory), ...engine.output].join('\n');
    for (const secret of [...Object.values(PASSWORDS), ENGINE_KEY]) {
      expect(bots).not.toContain(secret);
      expect(engines).not.toContain(secret);
    }
    expect(engines).toContain('nils');
  });

  it('may be killed and started again: meanwhile the bot says so, and then all goes on', async (context) => {
    const { world, engine } = await openWorld(context);
    await world.say(ERIK, 'help');
    const [shown] = await world.say(ANNA, 'status Nils Ny');
    const from = world.cloud.sent.length;
    await world.press(ANNA, buttonOf(shown!.card, VERB), shown!.activityId);
    await world.shown(ANNA, ['Nils Ny works and is enabled'], { method: 'PUT', from });

    await engine.stop('SIGKILL');
    const [away] = await world.say(ANNA, 'status Nils Ny');
    expect(away?.says).toContain('The synchronization service');
    await engine.start();

    const [again] = await world.say(ANNA, 'status Nils Ny');
    expect(again?.says).toContain('✅ Working');
    world.servers.password('erik.ek', 'changed on the server');
    await world.say(ANNA, 'test Erik Ek');
    await world.shown(ERIK, ['⛔ **Disabled**']);
  });

  it('tells a bot that was stopped what has happened meanwhile, once', async (context) => {
    const { world, engine } = await openWorld(context);
    await world.say(ERIK, 'help');
    await world.program.stop();
    world.servers.password('erik.ek', 'changed on the server');
    const erik = idOf<MailboxId>('erik');
    const client = createRemoteEngine({
      url: new URL(engine.botSettings.ENGINE_URL!),
      key: secretOf(ENGINE_KEY),
      store: createMemoryStore({ clock: createFakeScheduler() }),
      log: silentLog,
      articles: () => [],
    });
    const answer = await client.testAndEnable(erik, by(ANNA.id));
    if (answer.kind !== 'started') throw new Error(answer.kind);
    const state = async () => (await client.testRun(answer.testRunId))?.state;
    await expect.poll(state, { timeout: 15_000 }).toBe('done');

    const from = world.cloud.sent.length;
    await world.crash();
    await world.shown(ERIK, ['⛔ **Disabled**'], { from });
    // Whatever was told twice would come again now, and before the answer to this.
    await world.program.stop();
    await world.crash();
    const asked = (await world.say(ERIK, 'status Erik Ek')).map(({ activityId }) => activityId);
    const unasked = ({ id }: SentActivity): boolean => !asked.includes(id);
    const news = world.cloud.sent.slice(from).filter(cardFor(ERIK)).filter(unasked);
    expect(news).toHaveLength(1);
  });

  it('serves one bot, says so to a second one, and keeps who did what', async (context) => {
    const { world, engine } = await openWorld(context);
    const second = await startProgram(world.cloud, engine.botSettings);
    context.onTestFinished(async () => {
      await second.stop();
    });
    const said = (): string => second.output.join('\n');
    await expect.poll(said, { timeout: 15_000 }).toContain('engine-in-use');
    expect(said()).toContain('stop the other one');
    // The first one goes on hearing.
    const [shown] = await world.say(ANNA, 'status Nils Ny');
    const from = world.cloud.sent.length;
    await world.press(ANNA, buttonOf(shown!.card, VERB), shown!.activityId);
    await world.shown(ANNA, ['Nils Ny works and is enabled'], { method: 'PUT', from });
    const audit = await readFile(join(engine.dataDirectory, 'audit.jsonl'), 'utf8');
    expect(audit).toMatch(
      new RegExp(`${ANNA.id}.*engine-action.*nils.*testAndEnable: started`, 'u'),
    );
    const metrics = await fetch(`${engine.botSettings.ENGINE_URL!}/metrics`);
    expect(await metrics.text()).toMatch(/^mailbox_medic_mailboxes_healthy [1-9]/mu);
  });

  it('does not start without a key, or with one that can be guessed, and says what to do', async () => {
    const settings = { PORT: '0', ENGINE_FILE: 'test/e2e/fixtures/mailboxes.yaml' };
    const without = await runEngineToEnd(settings);
    expect(without.code).toBe(1);
    expect(without.output).toContain('ENGINE_KEY: is not set');
    const short = await runEngineToEnd({ ...settings, ENGINE_KEY: 'short secret' });
    expect(short.code).toBe(1);
    expect(short.output).toContain('ENGINE_KEY: must have 32 characters or more');
    expect(short.output).not.toContain('short secret');
    const open = await runEngineToEnd({ ...settings, ENGINE_KEY, HOST: '0.0.0.0' });
    expect(open.output).toContain('HOST: lets other machines speak to it without TLS');
  });
});
