import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS, type CommandName, loadCommands } from '../../../bot/teams/commands.ts';
import { LANGUAGES } from '../../../services/domain/language.ts';
import { manifestFolder } from './manifest-folder.ts';

const dataFolder = path.join(manifestFolder, '..', 'data');
const texts = async (language: string) =>
  JSON.parse(await readFile(path.join(manifestFolder, `${language}.json`), 'utf8')) as Record<
    string,
    string
  >;
const titles = async (language: string) =>
  Object.entries(await texts(language))
    .filter(([key]) => key.endsWith('.title'))
    .map(([, title]) => title);

describe.each(LANGUAGES)('the command menu in %s', (language) => {
  it('offers every command but the rare ones, under the wording that the bot shows', async () => {
    const file = path.join(dataFolder, 'commands', `${language}.yaml`);
    const wordings = parse(await readFile(file, 'utf8')) as Record<CommandName, string[]>;
    const listed = Object.entries(COMMANDS).filter(([, command]) => !('listed' in command));
    const shown = listed.map(([name]) => wordings[name as CommandName][0]);
    expect([...(await titles(language))].sort()).toEqual([...shown].sort());
  });

  it('has titles and examples that the bot understands as the command', async () => {
    const loaded = await loadCommands(dataFolder);
    if (loaded.kind !== 'loaded') throw new Error(JSON.stringify(loaded.problems));
    const all = await texts(language);
    for (const [key, title] of Object.entries(all).filter(([name]) => name.endsWith('.title'))) {
      const meant = loaded.commands.recognise(title);
      expect(meant, title).not.toBeNull();
      const example = all[key.replace('.title', '.description')]?.split(/e\.g\. |t\.ex\. /)[1];
      if (example === undefined) continue;
      expect(loaded.commands.recognise(example)).toMatchObject({
        command: meant?.command,
        argument: 'Anna Ek',
      });
    }
  });

  it('describes each command in few enough words to be read at a glance', async () => {
    for (const [key, text] of Object.entries(await texts(language))) {
      if (key.endsWith('commands.description') || key.endsWith('].description')) {
        expect(text.length, text).toBeLessThanOrEqual(80);
      }
    }
  });
});

it('every language translates the same texts', async () => {
  const [first, ...others] = await Promise.all(
    LANGUAGES.map(async (language) => Object.keys(await texts(language)).sort()),
  );
  for (const keys of others) expect(keys).toEqual(first);
});
