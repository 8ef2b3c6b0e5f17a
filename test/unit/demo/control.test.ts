import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demoAnswers, startControl } from '../../demo/control.ts';
import { faults } from '../../demo/faults.ts';
import type { EwsServer } from '../../demo/servers/ews-server.ts';
import { startDemoEngine } from '../../support/demo-engine.ts';

async function ownFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'demo-'));
}

/** How the stand-in for Exchange answers somebody who does not sign in. */
async function statusOf({ url, certificateAuthority }: EwsServer): Promise<number | undefined> {
  const asked = request(url, { method: 'POST', ca: certificateAuthority, agent: false });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

describe('a second demo in the same folder', () => {
  it('learns that the first one runs, and when it has stopped', async () => {
    const folder = await ownFolder();
    const demo = await startDemoEngine();
    const file = join(folder, 'control-url');
    const control = await startControl(demo, file);
    expect(await demoAnswers(file)).toBe(true);
    await control.stop();
    await demo.stop();
    expect(await demoAnswers(file)).toBe(false);
  });

  it('is not kept away by a folder without a demo, or a file that is no address', async () => {
    const file = join(await ownFolder(), 'control-url');
    expect(await demoAnswers(file)).toBe(false);
    await writeFile(file, 'not an address');
    expect(await demoAnswers(file)).toBe(false);
  });
});

describe('the terminal beside the demo', () => {
  it('names every fault, whatever it does not understand', async () => {
    const demo = await startDemoEngine();
    const control = await startControl(demo, join(await ownFolder(), 'control-url'));
    for (const said of ['', 'break', 'break everything', 'break constructor', 'hello']) {
      const answer = await control.run(said);
      for (const name of Object.keys(faults)) expect(answer).toContain(name);
    }
    expect(await control.run('heal')).toContain('everything works again');
    await control.stop();
    await demo.stop();
  });

  it('keeps broken what is broken while it still heals, as when both lines are read at once', async () => {
    const demo = await startDemoEngine();
    const control = await startControl(demo, join(await ownFolder(), 'control-url'));
    const { exchange } = demo.world;
    await control.run('break expired-certificate');
    const said: string[] = [];
    await Promise.all(
      ['heal', 'break autodiscover'].map(async (line) => said.push(await control.run(line))),
    );
    expect(said).toEqual([
      expect.stringContaining('everything works again'),
      expect.stringContaining(exchange.movedUrl),
    ]);
    expect(await statusOf(exchange)).toBe(404);
    await control.run('heal');
    expect(await statusOf(exchange)).toBe(401);
    await control.stop();
    await demo.stop();
  });
});
