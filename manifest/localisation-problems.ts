import type { Problem } from '../services/observability/index.ts';
import type { ManifestParts } from './manifest-problems.ts';

export interface LanguageFile {
  readonly where: string;
  readonly texts: Readonly<Record<string, unknown>>;
}

/** The texts that people read, under the keys by which a language file replaces them. */
function localisableTexts(manifest: ManifestParts): ReadonlyMap<string, string> {
  const commands = manifest.bots.flatMap((bot, b) =>
    bot.commandLists.flatMap((list, l) =>
      list.commands.flatMap((command, c): (readonly [string, string])[] => {
        const path = `bots[${b}].commandLists[${l}].commands[${c}]`;
        return [
          [`${path}.title`, command.title],
          [`${path}.description`, command.description],
        ];
      }),
    ),
  );
  return new Map([
    ['name.short', manifest.name.short],
    ['name.full', manifest.name.full],
    ['description.short', manifest.description.short],
    ['description.full', manifest.description.full],
    ...commands,
  ]);
}

/** Every language has every text; the default language's file says what the manifest says. */
export function localisationProblems(
  manifest: ManifestParts,
  defaultFile: LanguageFile,
  additionalFiles: readonly LanguageFile[],
): readonly Problem[] {
  const texts = localisableTexts(manifest);
  const problems: Problem[] = [];
  for (const { where, texts: translated } of [defaultFile, ...additionalFiles]) {
    for (const path of texts.keys()) {
      if (Object.hasOwn(translated, path)) continue;
      problems.push({ where, path, what: 'is not translated', remedy: 'Add it in this language.' });
    }
    for (const path of Object.keys(translated)) {
      if (path === '$schema' || texts.has(path)) continue;
      const remedy = 'Correct its number, or remove it.';
      problems.push({ where, path, what: 'translates nothing in manifest.json', remedy });
    }
  }
  for (const [path, text] of texts) {
    if (!Object.hasOwn(defaultFile.texts, path) || defaultFile.texts[path] === text) continue;
    const what = 'differs from manifest.json';
    const remedy = 'Write the same text in both: clients use either.';
    problems.push({ where: defaultFile.where, path, what, remedy });
  }
  return problems;
}
