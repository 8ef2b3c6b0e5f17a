import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { LANGUAGES, type Language } from '../../services/domain/language.ts';
import type { Problem } from '../../services/observability/index.ts';

/**
 * Commands, and whether words of the person's own follow. Teams' menu has room for ten: what hardly
 * anybody needs is understood and not `listed`.
 */
export const COMMANDS = {
  help: { argument: false },
  'my-mailboxes': { argument: false },
  approvals: { argument: false },
  unanswered: { argument: false },
  'article-votes': { argument: false },
  status: { argument: true },
  test: { argument: true },
  approve: { argument: true },
  outbox: { argument: true },
  language: { argument: true },
  'sign-in': { argument: false, listed: false },
  'sign-out': { argument: false, listed: false },
} as const;
export type CommandName = keyof typeof COMMANDS;

export interface RecognisedCommand {
  readonly command: CommandName;
  /** Empty when nothing followed. */
  readonly argument: string;
  /** The language that has this wording to itself; null where several share it. */
  readonly language: Language | null;
}

export interface Suggestion {
  readonly typed: string;
  /** The command as the person should have typed it, with their own argument. */
  readonly command: string;
}

export interface Commands {
  /** The command that this text is, exactly; null for everything else. */
  recognise(text: string): RecognisedCommand | null;
  /** The command that a short text resembles. */
  suggest(text: string, language: Language): Suggestion | null;
}

export type LoadedCommands =
  | { readonly kind: 'loaded'; readonly commands: Commands }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

interface Phrase {
  readonly words: string;
  readonly command: CommandName;
  readonly languages: readonly Language[];
}

const names = Object.keys(COMMANDS) as CommandName[];
const phrases = z.array(z.string().trim().min(1)).min(1);
const schema = z.strictObject(
  Object.fromEntries(names.map((name) => [name, phrases])) as Record<CommandName, typeof phrases>,
);

/** Reads `<dataDirectory>/commands/<language>.yaml`: the wordings of each command, first the one we show. */
export async function loadCommands(dataDirectory: string): Promise<LoadedCommands> {
  const problems: Problem[] = [];
  const found = new Map<string, { command: CommandName; languages: Language[] }>();
  for (const language of LANGUAGES) {
    const where = path.join('commands', `${language}.yaml`);
    const wordings = await readWordings(path.join(dataDirectory, where), where, problems);
    for (const command of names) {
      for (const wording of wordings?.[command] ?? []) {
        const words = fold(wording);
        const known = found.get(words);
        if (known === undefined) found.set(words, { command, languages: [language] });
        else if (known.command === command) known.languages.push(language);
        else {
          const what = `“${wording}” also means ${known.command}`;
          problems.push({ where, path: command, what, remedy: 'One wording has one meaning.' });
        }
      }
    }
  }
  if (problems.length > 0) return { kind: 'invalid', problems };
  const all = [...found].map(([words, meaning]) => ({ words, ...meaning }));
  return { kind: 'loaded', commands: createCommands(all) };
}

async function readWordings(
  file: string,
  where: string,
  problems: Problem[],
): Promise<z.output<typeof schema> | undefined> {
  let source: string;
  try {
    source = await readFile(file, 'utf8');
  } catch {
    problems.push({ where, path: '', what: 'cannot be read', remedy: 'Restore the file.' });
    return undefined;
  }
  const document = parseDocument(source);
  for (const error of document.errors) {
    problems.push({ where, path: '', what: error.message, remedy: 'Correct the YAML.' });
  }
  if (document.errors.length > 0) return undefined;
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const remedy = 'List the wordings of every command, and of nothing else.';
    problems.push({ where, path: issue.path.join('.'), what: issue.message, remedy });
  }
  return undefined;
}

/** Longer arguments are no names: an address has at most 254 characters (RFC 5321 §4.5.3.1.3). */
const LONGEST_ARGUMENT = 254;
const LONGEST_MISTYPED = 60;
/** Names have few words; what goes on longer is a sentence. */
export const WORDS_IN_A_NAME = 4;

function createCommands(all: readonly Phrase[]): Commands {
  // Longest first, so that "mailbox status x" is not the command "mailbox" about "status x".
  const ordered = [...all].sort((a, b) => b.words.length - a.words.length);
  const withArgument = ordered.filter(({ command }) => COMMANDS[command].argument);

  return {
    recognise(text) {
      const typed = oneLine(text);
      if (typed === null) return null;
      const folded = fold(typed);
      const bare = withoutTrailing(folded);
      for (const phrase of ordered) {
        const language = phrase.languages.length === 1 ? (phrase.languages[0] ?? null) : null;
        if (bare === phrase.words || folded === phrase.words)
          return { command: phrase.command, argument: '', language };
        if (!COMMANDS[phrase.command].argument || !folded.startsWith(`${phrase.words} `)) continue;
        const argument = withoutQuotes(
          typed.split(' ').slice(countOfWords(phrase.words)).join(' '),
        );
        return { command: phrase.command, argument, language };
      }
      return null;
    },
    suggest(text, language) {
      const typed = oneLine(text);
      if (typed === null || typed.length > LONGEST_MISTYPED) return null;
      if (this.recognise(text) !== null) return null;
      const folded = withoutTrailing(fold(typed));
      const whole = nearest(folded, ordered, language);
      if (whole !== null) return { typed, command: whole };
      for (const count of [2, 1]) {
        const words = typed.split(' ');
        if (words.length <= count || words.length - count > WORDS_IN_A_NAME) continue;
        const head = nearest(fold(words.slice(0, count).join(' ')), withArgument, language);
        if (head !== null) return { typed, command: `${head} ${words.slice(count).join(' ')}` };
      }
      return null;
    },
  };
}

/** A quarter of the letters may be wrong; words of three letters and fewer resemble everything. */
function nearest(typed: string, among: readonly Phrase[], language: Language): string | null {
  if (typed.length < 4) return null;
  const own = among.filter((phrase) => phrase.languages.includes(language));
  for (const candidates of [own, among]) {
    if (candidates.length === 0) continue;
    const best = closest(
      typed,
      candidates.map(({ words }) => words),
    );
    if (wrongLetters(typed, best) <= Math.max(1, Math.floor(best.length / 4))) return best;
  }
  return null;
}

/** Two letters that changed places are one mistake; Levenshtein counts two. */
function wrongLetters(typed: string, meant: string): number {
  const letters = (word: string): string => Array.from(word).sort().join('');
  const wrong = distance(typed, meant);
  return wrong === 2 && letters(typed) === letters(meant) ? 1 : wrong;
}

function oneLine(text: string): string | null {
  const typed = text.trim();
  if (typed === '' || typed.includes('\n') || typed.length > LONGEST_ARGUMENT + 40) return null;
  const words = typed.split(/\s+/u).join(' ');
  return words.startsWith('/') ? words.slice(1) : words;
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().split(/\s+/u).join(' ').trim();
}

function countOfWords(words: string): number {
  return words.split(' ').length;
}

function withoutTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && '!?.,…:'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).trim();
}

const QUOTES = '"\'“”„«»‘’<>';

function withoutQuotes(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && QUOTES.includes(text.charAt(start))) start += 1;
  while (end > start && QUOTES.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end).trim();
}
