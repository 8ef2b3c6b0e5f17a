import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadTexts } from '../../../services/i18n/index.ts';

const data = path.resolve(import.meta.dirname, '../../../data');

/** A copy of the real texts with one file changed. */
async function problemsAfter(
  file: string,
  change: (texts: Record<string, unknown>) => unknown,
): Promise<string[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'texts-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await cp(path.join(data, 'locales'), path.join(directory, 'locales'), { recursive: true });
  const name = path.join(directory, 'locales', file);
  const texts = JSON.parse(await readFile(name, 'utf8')) as Record<string, unknown>;
  const changed = change(texts) ?? texts;
  await writeFile(name, typeof changed === 'string' ? changed : JSON.stringify(changed));
  const loaded = await loadTexts(directory);
  if (loaded.kind === 'loaded') return [];
  return loaded.problems.map(({ where, path: key, what }) => `${where} ${key} ${what}`);
}

describe('loadTexts', () => {
  it('loads the texts of this release', async () => {
    expect((await loadTexts(data)).kind).toBe('loaded');
  });

  it.each<[string, string, (texts: Record<string, unknown>) => unknown, RegExp]>([
    [
      'a text that is missing',
      'sv/cards.json',
      (texts) => ({ ...texts, 'card.more': undefined }),
      /card\.more the text is missing/u,
    ],
    [
      'a text that English lacks',
      'sv/cards.json',
      (texts) => ({ ...texts, 'card.extra': 'x' }),
      /card\.extra English has no such text/u,
    ],
    [
      'an empty text',
      'sv/cards.json',
      (texts) => ({ ...texts, 'card.more': ' ' }),
      /card\.more the text is empty/u,
    ],
    [
      'another placeholder',
      'sv/cards.json',
      (texts) => ({ ...texts, 'card.more': '{antal} till' }),
      /takes \{antal\} where English takes \{count\}/u,
    ],
    [
      'a malformed message',
      'sv/cards.json',
      (texts) => ({ ...texts, 'card.more': '{count, plural, one {x}' }),
      /card\.more malformed/u,
    ],
    [
      'a value that is no text',
      'sv/cards.json',
      (texts) => ({ ...texts, 'card.more': 7 }),
      /card\.more .*string/u,
    ],
    [
      'a key in two files',
      'en/bot.json',
      (texts) => ({ ...texts, 'card.more': 'x' }),
      /card\.more the key stands in two files/u,
    ],
    ['broken JSON', 'sv/errors.json', () => '{"a": ', /errors\.json.*JSON/u],
  ])('tells of %s', async (_, file, change, expected) => {
    expect((await problemsAfter(file, change)).join('\n')).toMatch(expected);
  });

  it('tells of everything at once', async () => {
    const problems = await problemsAfter('sv/cards.json', (texts) => ({
      ...texts,
      'card.more': '',
      'card.ms': '{x}',
    }));
    expect(problems).toHaveLength(2);
  });

  it('tells of a folder that is not there', async () => {
    const loaded = await loadTexts('/nowhere');
    expect(loaded.kind).toBe('invalid');
  });
});
