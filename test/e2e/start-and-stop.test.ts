import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startLoopbackCloud } from './support/loopback-cloud.ts';
import { productionEnvironment, runToEnd, startProgram } from './support/program.ts';

async function fileWith(content: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'medic-')), 'file.yaml');
  await writeFile(file, content);
  return file;
}

describe('starting and stopping', () => {
  it('lists every missing or unsafe setting with its remedy and ends with 1', async () => {
    const { code, output } = await runToEnd({
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      PORT: 'eighty',
      OAuthUrl: 'https://evil.example',
    });
    expect(code).toBe(1);
    for (const name of [
      'PORT',
      'OAuthUrl',
      'MicrosoftAppId',
      'MicrosoftAppTenantId',
      'ENGINE_FILE',
      'DIRECTORY_FILE',
    ]) {
      expect(output).toContain(name);
    }
  }, 30_000);

  it('lists the mistakes of all files at once and starts nothing', async () => {
    const { code, output } = await runToEnd(
      productionEnvironment({
        DATA_DIR: await mkdtemp(join(tmpdir(), 'medic-')),
        ENGINE_FILE: await fileWith('organizations: [{ id: a, name: A, deployment: moon }]\n'),
        DIRECTORY_FILE: await fileWith('people: [{ id: nobody, name: X, email: x }]\n'),
      }),
    );
    expect(code).toBe(1);
    expect(output).toContain('deployment');
    expect(output).toContain('people.0.id');
    expect(output).not.toContain('listening');
  }, 30_000);

  it('refuses a second process on the same data, naming the one that holds it', async () => {
    const cloud = await startLoopbackCloud();
    const first = await startProgram(cloud);
    const second = await runToEnd(productionEnvironment({ DATA_DIR: first.dataDirectory }));
    expect(second.code).toBe(1);
    expect(second.output).toContain(String(first.process.pid));
    expect(await first.stop()).toBe(0);
    await cloud.stop();
  }, 60_000);

  it('refuses a port that is taken, saying which', async () => {
    const cloud = await startLoopbackCloud();
    const first = await startProgram(cloud);
    const port = new URL(first.url).port;
    const second = await runToEnd(
      productionEnvironment({ PORT: port, DATA_DIR: await mkdtemp(join(tmpdir(), 'medic-')) }),
    );
    expect(second.code).toBe(1);
    expect(second.output).toContain(port);
    await first.stop();
    await cloud.stop();
  }, 60_000);
});
