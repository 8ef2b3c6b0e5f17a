import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { LANGUAGES, type Language } from '../domain/language.ts';
import type { Problem } from '../observability/index.ts';
import { LOCALE_FILES, type TextKey } from './catalogue.ts';
import { compileMessage, placeholdersOf } from './message-syntax.ts';
import { createTexts, type Texts } from './texts.ts';

const fileSchema = z.record(z.string(), z.string());

export type LoadTextsAnswer =
  | { readonly kind: 'loaded'; readonly texts: Texts }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

interface Entry {
  readonly where: string;
  readonly text: string;
}

/** Reads `<dataDirectory>/locales/<language>/*.json`; all problems of all files are listed at once. */
export async function loadTexts(dataDirectory: string): Promise<LoadTextsAnswer> {
  const problems: Problem[] = [];
  const entries = new Map<Language, Map<string, Entry>>();
  for (const language of LANGUAGES) {
    const found = new Map<string, Entry>();
    for (const name of LOCALE_FILES) {
      const where = path.join(dataDirectory, 'locales', language, `${name}.json`);
      for (const [key, text] of Object.entries(await readTexts(where, problems))) {
        if (found.has(key)) {
          problems.push(problem(where, key, 'the key stands in two files', 'Remove one of them.'));
        }
        found.set(key, { where, text });
      }
    }
    entries.set(language, found);
  }
  compareWithEnglish(entries, problems);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const catalogue = (language: Language): Record<TextKey, string> =>
    Object.fromEntries(
      [...(entries.get(language) ?? [])].map(([key, { text }]) => [key, text]),
    ) as Record<TextKey, string>;
  return { kind: 'loaded', texts: createTexts({ sv: catalogue('sv'), en: catalogue('en') }) };
}

async function readTexts(where: string, problems: Problem[]): Promise<Record<string, string>> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(where, 'utf8'));
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    problems.push(problem(where, '', what, 'Restore the file, or correct its JSON.'));
    return {};
  }
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    problems.push(
      problem(where, issue.path.join('.'), issue.message, 'Every value is one text in quotes.'),
    );
  }
  return {};
}

function compareWithEnglish(
  entries: ReadonlyMap<Language, ReadonlyMap<string, Entry>>,
  problems: Problem[],
): void {
  const english = entries.get('en') ?? new Map<string, Entry>();
  for (const [language, texts] of entries) {
    for (const [key, { where, text }] of texts) {
      const names = checkText(language, key, where, text, problems);
      const reference = english.get(key);
      if (reference === undefined) {
        problems.push(problem(where, key, 'English has no such text', 'Add it, or remove this.'));
      } else if (language !== 'en' && names !== null) {
        const wanted = checkText('en', key, reference.where, reference.text, []);
        if (wanted !== null && wanted.join() !== names.join()) {
          const what = `takes {${names.join('}, {')}} where English takes {${wanted.join('}, {')}}`;
          problems.push(problem(where, key, what, 'Use the same values in every language.'));
        }
      }
    }
    for (const key of english.keys()) {
      if (texts.has(key)) continue;
      problems.push(problem(`locales/${language}`, key, 'the text is missing', 'Translate it.'));
    }
  }
}

function checkText(
  language: Language,
  key: string,
  where: string,
  text: string,
  problems: Problem[],
): readonly string[] | null {
  if (text.trim() === '') {
    problems.push(problem(where, key, 'the text is empty', 'Write it.'));
    return null;
  }
  try {
    return placeholdersOf(compileMessage(text, language));
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    problems.push(problem(where, key, `malformed: ${what}`, 'See the ICU message syntax.'));
    return null;
  }
}

function problem(where: string, at: string, what: string, remedy: string): Problem {
  return { where, path: at, what, remedy };
}
