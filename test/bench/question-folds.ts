import type { Article } from '../../services/domain/article.ts';
import type { TopicId } from '../../services/domain/ids.ts';
import { LANGUAGES, type Language } from '../../services/domain/language.ts';
import type { QuestionSources } from '../../services/knowledge/questions/training-texts.ts';
import { scan } from '../../services/knowledge/text/scan.ts';

export interface FoldedQuestion {
  readonly text: string;
  readonly lang: Language;
  /** Null: no article answers it. */
  readonly topic: TopicId | null;
  readonly fold: number;
}

const ALIKE = 0.6;

/**
 * Every question with the fold that it is kept out of. Questions of a topic that share most words,
 * and the questions at the same place of both languages' lists (often translations of each other),
 * are kept out together: otherwise a question would be answered from its twin.
 */
export function foldQuestions(sources: QuestionSources, folds: number): readonly FoldedQuestion[] {
  const folded: FoldedQuestion[] = [];
  const { articles, outOfScope, phrasings } = sources;
  for (const { id, questions } of articles) {
    folded.push(...foldLists(id, (lang) => questions[lang], folds));
    folded.push(...foldLists(id, (lang) => phrasings[id]?.[lang] ?? [], folds));
  }
  folded.push(...foldLists(null, (lang) => outOfScope[lang], folds));
  for (const { decoys } of articles) {
    folded.push(
      ...foldLists(
        null,
        (lang) => decoys.filter((decoy) => decoy.lang === lang).map(({ text }) => text),
        folds,
      ),
    );
  }
  return folded;
}

function foldLists(
  topic: TopicId | null,
  listOf: (lang: Language) => readonly string[],
  folds: number,
): readonly FoldedQuestion[] {
  const byPlace = new Map<number, number>();
  const seen: { readonly words: ReadonlySet<string>; readonly fold: number }[] = [];
  return LANGUAGES.flatMap((lang) =>
    listOf(lang).map((text, place) => {
      const words = new Set(scan(text).words);
      const twin = seen.find((one) => likeness(one.words, words) >= ALIKE);
      const fold = byPlace.get(place) ?? twin?.fold ?? chance(text) % folds;
      byPlace.set(place, fold);
      seen.push({ words, fold });
      return { text, lang, topic, fold };
    }),
  );
}

/** The sources without the questions of a fold. */
export function withoutFold(
  sources: QuestionSources,
  questions: readonly FoldedQuestion[],
  fold: number,
): QuestionSources {
  const kept = new Map<string, Set<string>>();
  for (const one of questions) {
    if (one.fold !== fold) continue;
    const key = one.topic ?? '';
    kept.set(key, (kept.get(key) ?? new Set()).add(one.text));
  }
  const left = <Lists extends Readonly<Record<Language, readonly string[]>>>(
    lists: Lists,
    topic: string,
  ): Lists => {
    const remaining = LANGUAGES.map((lang) => [
      lang,
      lists[lang].filter((text) => kept.get(topic)?.has(text) !== true),
    ]);
    return Object.fromEntries(remaining) as Lists;
  };
  return {
    ...sources,
    articles: sources.articles.map(
      (article): Article => ({
        ...article,
        questions: left(article.questions, article.id),
        decoys: article.decoys.filter(({ text }) => kept.get('')?.has(text) !== true),
      }),
    ),
    phrasings: Object.fromEntries(
      Object.entries(sources.phrasings).map(([topic, lists]) => [topic, left(lists, topic)]),
    ),
    outOfScope: left(sources.outOfScope, ''),
  };
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared++;
  return shared / (one.size + other.size - shared);
}

/** The same number for the same text (FNV-1a, mixed). */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995);
  return (hash ^ (hash >>> 15)) >>> 0;
}
