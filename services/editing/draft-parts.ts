import { stringify } from 'yaml';
import { LANGUAGES } from '../domain/language.ts';
import { readYaml } from '../knowledge/index.ts';
import type { DraftExample } from './editing.ts';

/** What is edited at once: the sentences, the steps, the questions, or all of it as YAML. */
export type DraftPart = 'texts' | 'steps' | 'questions' | 'source';

/** Fields of a form by name: `title.sv`, `step.0.en`, `questions.sv`, `source`. */
export type PartFields = Readonly<Record<string, string>>;

const TEXT_FIELDS = ['title', 'meaning', 'cause'] as const;
/** An article is drawn on one card (data/knowledge). */
export const MOST_STEPS = 8;
const LINE_WIDTH = 100;

type Loose = Record<string, unknown>;

/** What the form shows. Empty where the source is no YAML: then only the source itself can be edited. */
export function fieldsOf(source: string, part: DraftPart): PartFields {
  if (part === 'source') return { source };
  const article = read(source);
  if (article === null) return {};
  if (part === 'questions') {
    return perLanguage((lang) => [
      `questions.${lang}`,
      lines(localized(article['questions'], lang)),
    ]);
  }
  if (part === 'texts') {
    return Object.assign(
      {},
      ...TEXT_FIELDS.map((name) =>
        perLanguage((lang) => [`${name}.${lang}`, words(localized(article[name], lang))]),
      ),
    ) as PartFields;
  }
  return Object.assign(
    {},
    ...stepsOf(article).map((step, index) =>
      perLanguage((lang) => [`step.${index}.${lang}`, words(localized(step['text'], lang))]),
    ),
  ) as PartFields;
}

/** The source with what was typed; fields that the form did not have stay as they were. */
export function withFields(source: string, part: DraftPart, fields: PartFields): string {
  if (part === 'source') return fields['source'] ?? source;
  const article = read(source);
  if (article === null) return source;
  if (part === 'questions') {
    for (const lang of LANGUAGES) {
      const typed = fields[`questions.${lang}`];
      if (typed !== undefined) put(article, 'questions', lang, linesOf(typed));
    }
  } else if (part === 'texts') {
    for (const name of TEXT_FIELDS) {
      for (const lang of LANGUAGES) {
        const typed = fields[`${name}.${lang}`];
        if (typed !== undefined) put(article, name, lang, oneLine(typed));
      }
    }
  } else article['steps'] = withSteps(stepsOf(article), fields);
  return stringify(article, { lineWidth: LINE_WIDTH });
}

/** The source with these among its questions; one that it has already stays where it is. */
export function withQuestions(source: string, examples: readonly DraftExample[]): string {
  const article = read(source);
  if (article === null || examples.length === 0) return source;
  for (const { text, language } of examples) {
    const asked = localized(article['questions'], language);
    const questions: readonly unknown[] = Array.isArray(asked) ? asked : [];
    if (!questions.includes(text)) put(article, 'questions', language, [...questions, text]);
  }
  return stringify(article, { lineWidth: LINE_WIDTH });
}

/** A step whose texts were all emptied is gone; one that was typed below the others is new. */
function withSteps(steps: readonly Loose[], fields: PartFields): readonly Loose[] {
  const kept: Loose[] = [];
  // A source may hold more steps than a card has room for: none is lost because others were edited.
  for (let index = 0; index < Math.max(MOST_STEPS, steps.length); index++) {
    const step: Loose = { ...(steps[index] ?? { who: 'system-administrator' }) };
    for (const lang of LANGUAGES) {
      const typed = fields[`step.${index}.${lang}`];
      if (typed !== undefined) put(step, 'text', lang, oneLine(typed));
    }
    const spoken = LANGUAGES.some((lang) => words(localized(step['text'], lang)) !== '');
    if (spoken) kept.push(step);
  }
  return kept;
}

function read(source: string): Loose | null {
  const found = readYaml(source);
  return 'content' in found && isLoose(found.content) ? found.content : null;
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stepsOf(article: Loose): readonly Loose[] {
  const steps = article['steps'];
  return Array.isArray(steps) ? steps.filter(isLoose) : [];
}

function localized(value: unknown, lang: string): unknown {
  return isLoose(value) ? value[lang] : undefined;
}

function put(target: Loose, name: string, lang: string, value: unknown): void {
  target[name] = { ...(isLoose(target[name]) ? target[name] : {}), [lang]: value };
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function lines(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join('\n') : '';
}

function linesOf(typed: string): readonly string[] {
  return typed
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '');
}

/** Texts of articles are paragraphs: a card draws them, and YAML folds them. */
function oneLine(typed: string): string {
  return typed.replace(/\s+/gu, ' ').trim();
}

function perLanguage(field: (lang: string) => readonly [string, string]): PartFields {
  return Object.fromEntries(LANGUAGES.map(field));
}
