import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import {
  ANNA,
  buttonOf,
  cardOf,
  GUSTAV,
  messageFrom,
  post,
  pressFrom,
  textsOf,
} from './support/activities.ts';
import { type DynamicsCloud, openDynamicsCloud } from './support/dynamics-world.ts';
import { type Program, startProgram } from './support/program.ts';

const ACCOUNT = `29:${GUSTAV.id}`;

interface Answer {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

interface World extends DynamicsCloud {
  readonly program: Program;
  /** Gustav’s press of the button that approves Eva’s address, with what his client brings. */
  press(brought?: object): Promise<Answer>;
  /** Who has changed something in the organization, by name. */
  changedBy(): readonly unknown[];
  isApproved(): boolean;
}

async function openWorld(context: Pick<TestContext, 'onTestFinished'>): Promise<World> {
  const dynamics = await openDynamicsCloud(context);
  const { cloud, organization, ids, settings } = dynamics;
  const program = await startProgram(cloud, settings);
  context.onTestFinished(async () => {
    await program.stop();
  });
  const shown = messageFrom(GUSTAV, 'status Eva Holm');
  await post(program.url, shown, await cloud.token());
  const status = await cloud.next(({ body }) => cardOf(body) !== null);
  const button = buttonOf(cardOf(status.body), 'approve-email')!;
  return {
    ...dynamics,
    program,
    async press(brought = {}) {
      const invoke = pressFrom(GUSTAV, button, status.id);
      const value = { ...(invoke.value as object), ...brought };
      const answer = await post(program.url, { ...invoke, value }, await cloud.token());
      expect(answer.status).toBe(200);
      return JSON.parse(answer.body) as Answer;
    },
    changedBy: () =>
      organization.seen
        .filter(({ method }) => method === 'PATCH')
        .map(({ userId = '' }) => organization.row('systemuser', userId)?.values.fullname),
    isApproved: () =>
      organization.row('mailbox', ids['Eva Holm'])?.values.emailrouteraccessapproval === 1,
  };
}

const linkIn = ({ value }: Answer): string =>
  (value as { readonly buttons: readonly { readonly value: string }[] }).buttons[0]?.value ?? '';

describe('an address of Exchange Online, in the built program with Dynamics 365,', () => {
  it('is approved by the person who pressed, signed in by their client, and by nobody else', async (context) => {
    const world = await openWorld(context);
    const asked = await world.press();
    expect(asked).toMatchObject({
      statusCode: 401,
      type: 'application/vnd.microsoft.activity.loginRequest',
    });
    expect(world.changedBy()).toEqual([]);
    const done = await world.press({ authentication: world.tokens.authentication(GUSTAV.id) });
    expect(textsOf(done.value)).toContain('Approved · Gustav Global');
    expect(world.isApproved()).toBe(true);
    expect(new Set(world.changedBy())).toEqual(new Set(['Gustav Global']));
  });

  it('waits for a consent, and is approved with the code of the sign-in page', async (context) => {
    const world = await openWorld(context);
    const asked = await world.press();
    world.tokens.fail('consent');
    const missing = await world.press({ authentication: world.tokens.authentication(GUSTAV.id) });
    expect(missing.statusCode).toBe(412);
    expect(world.isApproved()).toBe(false);
    const state = world.tokens.signInOnPage(linkIn(asked), GUSTAV.id);
    expect(textsOf((await world.press({ state })).value)).toContain('Approved');
    expect(world.isApproved()).toBe(true);
  });

  it('is not approved when the window is closed, nor by another account', async (context) => {
    const world = await openWorld(context);
    const asked = await world.press();
    expect((await world.press({ state: 'CancelledByUser' })).value).toContain('not signed in');
    const state = world.tokens.signInOnPage(linkIn(asked), ANNA.id);
    expect((await world.press({ state })).value).toContain('another account');
    const authentication = world.tokens.authentication(ANNA.id);
    expect((await world.press({ authentication })).value).toContain('another account');
    expect(world.tokens.hasSignedIn(ACCOUNT)).toBe(false);
    expect(world.changedBy()).toEqual([]);
  });

  it('is asked about again when the sign-in has expired, or Dynamics 365 accepts it no more', async (context) => {
    const world = await openWorld(context);
    world.tokens.keep(ACCOUNT, GUSTAV.id);
    world.tokens.expire(ACCOUNT);
    expect((await world.press()).statusCode).toBe(401);

    const { organization, tokens } = world;
    tokens.keep(ACCOUNT, GUSTAV.id);
    organization.faults.add({ fault: { kind: 'unauthorized' }, method: 'PATCH' });
    expect(await world.press()).toMatchObject({ statusCode: 401 });
    expect(tokens.hasSignedIn(ACCOUNT)).toBe(false);
    expect(world.isApproved()).toBe(false);
  });

  it('leaves no token and no code in a file or in the output', async (context) => {
    const world = await openWorld(context);
    const code = world.tokens.signInOnPage(linkIn(await world.press()), GUSTAV.id);
    await world.press({ state: code });
    const authentication = world.tokens.authentication(GUSTAV.id);
    await world.press({ authentication });
    await world.program.stop();
    const directory = world.program.dataDirectory;
    const files = await readdir(directory, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name), 'utf8')),
    );
    const all = [...texts, ...world.program.output].join('\n');
    for (const secret of [...world.secrets(), authentication.token]) {
      expect(all).not.toContain(secret);
    }
    expect(all).not.toContain(`"${code}"`);
  });
});
