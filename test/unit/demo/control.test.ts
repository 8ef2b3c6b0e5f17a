import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demoAnswers, startControl } from '../../demo/control.ts';
import { startWorld } from '../../demo/world.ts';

async function ownFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'demo-'));
}

describe('a second demo in the same folder', () => {
  it('learns that the first one runs, and when it has stopped', async () => {
    const folder = await ownFolder();
    const world = await startWorld(folder);
    const file = join(folder, 'control-url');
    const control = await startControl(world, file);
    expect(await demoAnswers(file)).toBe(true);
    await control.stop();
    await world.stop();
    expect(await demoAnswers(file)).toBe(false);
  });

  it('is not kept away by a folder without a demo, or a file that is no address', async () => {
    const file = join(await ownFolder(), 'control-url');
    expect(await demoAnswers(file)).toBe(false);
    await writeFile(file, 'not an address');
    expect(await demoAnswers(file)).toBe(false);
  });
});
