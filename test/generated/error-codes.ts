import type { Article } from '../../services/domain/article.ts';
import { logLine, stackFrames } from './noises/surroundings.ts';
import { type Passage, words } from './passage.ts';
import type { Random } from './random.ts';

/** One way in which a product prints an error code. */
export interface WrittenCode {
  readonly written: string;
  /** Articles that list it so, with the code as each of them spells it. */
  readonly spellings: ReadonlyMap<string, string>;
}

/** Every spelling of every code; each article's list is taken at its word. */
export function writtenCodes(articles: readonly Article[]): readonly WrittenCode[] {
  const byLetters = new Map<string, Map<string, string>>();
  const written = new Map<string, string>();
  for (const article of articles) {
    for (const code of article.codes) {
      for (const spelling of [code.text, ...code.aliases, ...numbersOf(code.number)]) {
        const letters = lettersOf(spelling);
        const spellings = byLetters.get(letters) ?? new Map<string, string>();
        if (!spellings.has(article.id)) spellings.set(article.id, code.text);
        byLetters.set(letters, spellings);
        written.set(spelling, letters);
      }
    }
  }
  return [...written].map(([spelling, letters]) => ({
    written: spelling,
    spellings: byLetters.get(letters) ?? new Map<string, string>(),
  }));
}

function numbersOf(number: string | undefined): readonly string[] {
  if (number === undefined) return [];
  const signed = Number.parseInt(number, 16) | 0;
  return [number, `0x${number}`, `0x${number.toLowerCase()}`, number.toLowerCase(), String(signed)];
}

function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/^0x/, '')
    .replace(/[^\p{L}\p{N}-]/gu, '');
}

const LINES: readonly ((code: string) => string)[] = [
  (code) => `\nEmail Server Error Code: ${code}`,
  (code) => ` Email Server Error Code: ${code}`,
  (code) => `\n\nEmail Server Error Code: ${code}\nLearn more`,
  (code) => `\nFelkod för e-postserver: ${code}`,
];

/** The line that stands under an alert. */
export function withCodeLine(passage: Passage, code: string, random: Random): Passage {
  return [...passage, words(random.pick(LINES)(code))];
}

/** A code that somebody pastes or types without its alert. */
export function codeAlone(code: string, random: Random, lang: string): string {
  const asked = lang === 'sv' ? SWEDISH : ENGLISH;
  return random.pick(asked)(code);
}

const SWEDISH: readonly ((code: string) => string)[] = [
  (code) => code,
  (code) => `Felkod ${code}`,
  (code) => `Vad betyder ${code}?`,
  (code) => `Hej, vi får ${code} på en postlåda`,
  (code) => `Email Server Error Code: ${code}`,
  (code) => `[${code}]`,
];
const ENGLISH: readonly ((code: string) => string)[] = [
  (code) => code,
  (code) => `Error code ${code}`,
  (code) => `What does ${code} mean?`,
  (code) => `Hi, we get ${code} on a mailbox`,
  (code) => `Email Server Error Code: ${code}`,
  (code) => `"${code}"`,
];

/** As the Web API answers. */
export function codeInJson(code: string, random: Random): string {
  return random.pick([
    `{"error":{"code":"${code}","message":"The request could not be completed."}}`,
    `{\n  "level": "error",\n  "errorCode": "${code}",\n  "attempt": ${random.below(9)}\n}`,
    `{"time":17${random.below(9)}4102211,"source":"mailbox-job","status":"failed","detail":"${code}"}`,
  ]);
}

export function codeInStackTrace(code: string, random: Random): string {
  return random.pick([
    `Unhandled Exception: Microsoft.Crm.CrmException: ${code}\n${stackFrames(random)}`,
    `System.ServiceModel.FaultException: ErrorCode: ${code}\n${stackFrames(random)}`,
    `${logLine(random)}\nT:${random.below(400)} ActivityId: 5a1c7e20-0b11-4c3e-9d2a-7f00${1000 + random.below(8999)}aa10 >Error : ${code}\n${stackFrames(random)}`,
  ]);
}
