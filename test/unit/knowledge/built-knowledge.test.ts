import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readBuiltKnowledge } from '../../../services/knowledge/built-knowledge.ts';
import { buildKnowledge, loadKnowledge } from '../../../services/knowledge/index.ts';

const TOPICS = ['pending-send', 'gmail'];
const QUESTION = 'mejlet fastnar och går inte iväg';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'built-knowledge-'));
  await mkdir(join(data, 'knowledge'));
  await cp('data/questions', join(data, 'questions'), { recursive: true });
  for (const topic of TOPICS) {
    const article = parse(await readFile(`data/knowledge/${topic}.yaml`, 'utf8')) as object;
    const alone = stringify({ ...article, related: [] });
    await writeFile(join(data, 'knowledge', `${topic}.yaml`), alone);
  }
});
afterEach(() => rm(data, { recursive: true }));

describe('knowledge that was built ahead', () => {
  it('answers as the files that it was built from', async () => {
    const read = await loadKnowledge(data);
    expect((await buildKnowledge(data)).kind).toBe('built');
    const built = await loadKnowledge(data);
    if (read.kind === 'invalid' || built.kind === 'invalid') throw new Error('invalid data');
    expect(built.knowledge.articles()).toEqual(read.knowledge.articles());
    expect(built.knowledge.diagnoseNow(QUESTION)).toEqual(read.knowledge.diagnoseNow(QUESTION));
    expect(await readBuiltKnowledge(data, 'full')).not.toBeNull();
  });

  it.each(['knowledge/gmail.yaml', 'questions/out-of-scope.yaml', 'questions/calibration.json'])(
    'is left aside after a change of %s',
    async (file) => {
      await buildKnowledge(data);
      await appendFile(join(data, file), '\n');
      expect(await readBuiltKnowledge(data, 'full')).toBeNull();
      expect((await loadKnowledge(data)).kind).toBe('loaded');
    },
  );

  it('is left aside where a file of it is cut off', async () => {
    await buildKnowledge(data);
    await truncate(join(data, 'built', 'full.model'), 1000);
    expect(await readBuiltKnowledge(data, 'full')).toBeNull();
    expect(await readBuiltKnowledge(data, 'document')).not.toBeNull();
  });

  it('is not built of data that are wrong', async () => {
    await appendFile(join(data, 'knowledge', 'gmail.yaml'), 'colour: green\n');
    expect(await buildKnowledge(data)).toMatchObject({ kind: 'invalid' });
    expect(await readBuiltKnowledge(data, 'full')).toBeNull();
  });
});
