import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ANNA, buttonOf, ERIK, GUSTAV, messageFrom, post } from './support/activities.ts';
import { CREDENTIALS_ALERT } from './support/alerts.ts';
import { BOTH_ENGINES } from './support/both-engines.ts';
import { openDynamicsWorld } from './support/dynamics-world.ts';
import { openMailWorld } from './support/mail-world.ts';
import { cardFor, type StoryWorld } from './support/story-world.ts';

async function kundtjanst(world: StoryWorld, person: typeof ANNA) {
  const [shown] = await world.say(person, 'status Kundtjänst');
  return shown!;
}

describe.each(BOTH_ENGINES)('with $engine', ({ open }) => {
  it.concurrent('an approval that was acknowledged outlives kill -9, and so do the cards that must follow', async (context) => {
    const world = await open(context);
    const annas = await kundtjanst(world, ANNA);
    const gustavs = await kundtjanst(world, GUSTAV);
    const unavailable = world.cloud.refuseOnce(cardFor(GUSTAV, 'PUT'), { status: 503 });
    const answer = await world.press(ANNA, buttonOf(annas.card, 'approve-email'), annas.activityId);
    expect(answer.says).toContain('Approved · Anna Admin');
    await unavailable;

    const from = world.cloud.sent.length;
    await world.crash();
    const followed = await world.shown(GUSTAV, ['Approved · Anna Admin'], { method: 'PUT', from });
    expect(followed.activityId).toBe(gustavs.activityId);
    expect((await kundtjanst(world, ERIK)).says).toContain('Approved · Anna Admin');
    expect((await world.audit()).filter(({ action }) => action === 'approve-email')).toHaveLength(
      1,
    );
  });

  it.concurrent('a message that was answered before the crash is not answered again after it', async (context) => {
    const world = await open(context);
    const activity = messageFrom(ANNA, CREDENTIALS_ALERT.en);
    expect(await world.tell(activity)).toHaveLength(1);
    await world.crash();
    expect(await world.tell(activity)).toEqual([]);
  });

  it.concurrent('a whole day’s work leaves no password, token or pasted text in the output or the data', async (context) => {
    const world = await open(context);
    const token = await world.cloud.token();
    await post(world.program.url, messageFrom(ERIK, 'help'), token);
    await world.say(ANNA, `${CREDENTIALS_ALERT.en} My secret remark.`);
    for (const name of ['Erik Ek', 'Nils Ny']) {
      const from = world.cloud.sent.length;
      world.breaks('erik.ek');
      const [shown] = await world.say(ANNA, `test ${name}`);
      await world.shown(ANNA, [name, 'took'], { method: 'PUT', from });
      expect(shown?.says).toContain(name);
    }
    await world.shown(ERIK, ['⛔ **Disabled**']);
    await world.crash();
    await world.say(GUSTAV, 'approve Eva Holm');
    const from = world.cloud.sent.length;
    await world.say(GUSTAV, 'test Eva Holm');
    await world.shown(GUSTAV, ['Eva Holm', 'took'], { method: 'PUT', from });
    await world.program.stop();

    const files = await readdir(world.program.dataDirectory, {
      recursive: true,
      withFileTypes: true,
    });
    const written = await Promise.all(
      files
        .filter((entry) => entry.isFile())
        .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
    );
    const everything = [...world.program.output, ...written].join('\n');
    expect(everything).toContain(world.ids['Erik Ek']);
    const secrets = [
      ...world.secrets(),
      'a client secret',
      'bot-token',
      token.split('.')[2]!,
      'My secret remark',
    ];
    const cards = world.cloud.sent.map(({ body }) => JSON.stringify(body)).join('\n');
    for (const secret of secrets) {
      expect(everything).not.toContain(secret);
      expect(cards).not.toContain(secret);
    }
  });
});

// Tyra's server never answers: there is such a one only where our own engine asks it.
it.concurrent('a test that kill -9 interrupted is over on its card, and can be started again', async (context) => {
  const world = await openMailWorld(context);
  const [running] = await world.say(ANNA, 'test Tyra Tyst');
  expect(running?.says).toMatch(/The test of Tyra Tyst is queued|Testing Tyra Tyst/);
  await world.silent.connected;

  const from = world.cloud.sent.length;
  await world.crash();
  const over = await world.shown(
    ANNA,
    ['The test of Tyra Tyst was interrupted', 'The service was restarted'],
    {
      method: 'PUT',
      from,
    },
  );
  expect(over.activityId).toBe(running?.activityId);
  const button = buttonOf(over.card, 'test-and-enable');
  const again = await world.press(ANNA, button, over.activityId);
  expect(again.says).toMatch(/The test of Tyra Tyst is queued|Testing Tyra Tyst/);
});

it.concurrent('a test of Dynamics 365 goes on while the bot is killed, and its card tells how it ended', async (context) => {
  const world = await openDynamicsWorld(context);
  world.organization.tests.script(world.ids['Nils Ny'], { takesMs: 3_000 });
  const [shown] = await world.say(ANNA, 'status Nils Ny');
  const { card, activityId } = shown!;
  const running = await world.press(ANNA, buttonOf(card, 'test-and-enable'), activityId);
  expect(running.says).toMatch(/The test of Nils Ny is queued|Testing Nils Ny/);

  const from = world.cloud.sent.length;
  await world.crash();
  const over = await world.shown(ANNA, ['Nils Ny works and is enabled'], { method: 'PUT', from });
  expect(over.activityId).toBe(activityId);
  expect(world.attempts('nils.ny')).toBe(1);
});
