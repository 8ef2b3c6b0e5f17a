import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type ArticleRevisionId,
  idOf,
  type TopicId,
  type UserId,
} from '../../services/domain/ids.ts';
import { openFileStore } from '../../services/store/index.ts';
import { silentLog } from '../support/silent-log.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function run(args: readonly string[]): Promise<{ status: number | null; out: string }> {
  const command = spawn(process.execPath, [
    '--import',
    'tsx',
    'bot/cli/export-articles.ts',
    ...args,
  ]);
  const out: Buffer[] = [];
  for (const stream of [command.stdout, command.stderr]) {
    stream.on('data', (chunk: Buffer) => out.push(chunk));
  }
  const status = await new Promise<number | null>((settle) => command.once('close', settle));
  return { status, out: Buffer.concat(out).toString() };
}

const revision = (topic: string, number: number, source: string | null) => ({
  id: idOf<ArticleRevisionId>(`${topic}:${number}`),
  topic: idOf<TopicId>(topic),
  revision: number,
  change: 'edited' as const,
  source,
  author: idOf<UserId>('eva'),
  publishedAt: '2026-11-23T08:00:00.000Z',
});

describe('npm run export-articles', () => {
  it('writes the revisions in force, and none of an article that went back to the release', async () => {
    const directory = await temporaryDirectory();
    const [data, folder] = [join(directory, 'data'), join(directory, 'knowledge')];
    await mkdir(folder);
    const store = await openFileStore({
      directory: data,
      log: silentLog,
      clock: { now: Date.now },
    });
    await store.transact(async (transaction) => {
      await transaction.put('articleRevisions', revision('gmail', 1, 'old'));
      await transaction.put('articleRevisions', revision('gmail', 2, 'id: gmail\n'));
      await transaction.put('articleRevisions', revision('other-org', 1, 'new'));
      await transaction.put('articleRevisions', revision('other-org', 2, null));
    });
    const locked = await run([data, '--to', folder]);
    expect(locked).toMatchObject({
      status: 1,
      out: expect.stringContaining('data-directory-locked') as string,
    });
    await store.close();
    expect(await run([data, '--to', folder])).toMatchObject({ status: 0 });
    expect(await readdir(folder)).toEqual(['gmail.yaml']);
    expect(await readFile(join(folder, 'gmail.yaml'), 'utf8')).toBe('id: gmail\n');
  });

  it('says how it is used when the folder is not named, or is not there', async () => {
    expect(await run([])).toMatchObject({
      status: 2,
      out: expect.stringContaining('Usage') as string,
    });
    const gone = await run(['/nowhere/at/all']);
    expect(gone.status).toBe(1);
  });
});
