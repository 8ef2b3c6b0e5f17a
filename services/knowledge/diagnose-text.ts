import type { Article } from '../domain/article.ts';
import type { Diagnosis, TopicMatch } from '../domain/diagnosis.ts';
import type { TopicId } from '../domain/ids.ts';
import { isLanguage, LANGUAGES, type Language } from '../domain/language.ts';
import { ErrorCodes, type FoundCode } from './alerts/error-codes.ts';
import { type FoundAlert, findAlerts } from './alerts/find-alerts.ts';
import { mergeAlerts } from './alerts/merge-alerts.ts';
import { compilePatterns, type PatternSet } from './alerts/pattern.ts';
import { probabilityOfAlert } from './alerts/probability.ts';
import type { Lexicon, OutOfScope } from './questions/lexicon.ts';
import { probabilityOfAnswer } from './questions/probability.ts';
import { QuestionScorer, type RankedTopic } from './questions/question-scorer.ts';
import { detectLanguage } from './text/detect-language.ts';
import { excerptOf } from './text/excerpt.ts';
import { scan, scanInSteps, type Tokens } from './text/scan.ts';
import type { Steps } from './text/work-in-steps.ts';

/** Least fit of an alert that is reported, and of one that the text is only "near". */
const ALERT = 0.45;
const NEAR = 0.3;
/** A free question is shorter than this; a longer text that holds no alert is not one. */
const LONGEST_QUESTION = 260;
const LONGEST_TITLE = 30;
const WORDS_AROUND_A_CODE = 16;
/** How sure a code without its alert makes. */
const CODE_ALONE = 0.9;
/** Raw scores; probabilityOfAnswer makes probabilities of them. */
const ANSWER = 0.5;
/** Where the text is put like an alert, it is one that no article documents rather than a question. */
const ANSWER_TO_A_NOTICE = 0.65;
const CHOICE = 0.28;
const WORTH_OFFERING = 0.08;
const MOST_CHOICES = 3;
const SHORTEST_LOG = 12;
const LOG_NUMBERS = 0.3;
const NEAR_QUESTION = 0.2;

/** From a text to a diagnosis (design.md §3); everything is in memory. */
export class TextDiagnoser {
  private readonly patterns: PatternSet;
  private readonly codes: ErrorCodes;
  private readonly questions: QuestionScorer;
  /** Articles by their folded titles. */
  private readonly titles: ReadonlyMap<string, TopicId>;
  private readonly fillers: ReadonlySet<string>;
  private readonly functionWords: { readonly sv: Set<string>; readonly en: Set<string> };

  constructor(articles: readonly Article[], outOfScope: OutOfScope, lexicon: Lexicon) {
    this.patterns = compilePatterns(articles, lexicon.equivalents);
    this.codes = new ErrorCodes(articles);
    this.questions = new QuestionScorer(articles, outOfScope, lexicon);
    this.titles = new Map(
      articles.flatMap(({ id, title }) =>
        LANGUAGES.map((lang) => [scan(title[lang]).words.join(' '), id] as const),
      ),
    );
    this.fillers = folded(lexicon.fillers);
    this.functionWords = {
      sv: folded(lexicon.functionWords.sv),
      en: folded(lexicon.functionWords.en),
    };
  }

  *diagnose(whole: string): Steps<Diagnosis> {
    const { text, partlyRead } = excerptOf(whole);
    const tokens = yield* scanInSteps(text);
    yield;
    const lang = detectLanguage(tokens.words, this.functionWords);
    const titled = this.titled(tokens);
    if (titled) {
      return { outcome: 'answer', lang, matches: [plainMatch(titled, 1)], near: null, partlyRead };
    }
    const found = yield* findAlerts(tokens, text, this.patterns, this.fillers);
    yield;
    const codes = this.codes.find(tokens);
    const alerts = mergeAlerts(found.filter((alert) => !alert.decoy && alert.fit >= ALERT));
    if (alerts.length > 0) {
      const matches = alerts.map((alert, index) => {
        const until = alerts[index + 1]?.from ?? tokens.length;
        return alertMatch(
          alert,
          codes.filter(({ from }) => from >= alert.from && from < until),
        );
      });
      return {
        outcome: 'match',
        lang: lang ?? languageOf(alerts),
        matches,
        near: null,
        partlyRead,
      };
    }
    const near = nearestOf(found);
    const undocumented = near?.decoy === true && near.fit >= ALERT;
    if (undocumented) return { ...this.answer([], near), lang, partlyRead };
    const coded = this.codeMatches(codes, tokens);
    if (coded) return { ...coded, lang, near: null, partlyRead };
    return { ...this.answer(this.rank(tokens), near), lang, partlyRead };
  }

  /** Whoever writes a title, by hand or with a button, means that article. */
  private titled(tokens: Tokens): TopicId | null {
    if (tokens.length > LONGEST_TITLE) return null;
    return this.titles.get(tokens.words.join(' ')) ?? null;
  }

  private rank(tokens: Tokens): readonly RankedTopic[] {
    if (tokens.length === 0 || tokens.length > LONGEST_QUESTION || isLog(tokens)) return [];
    return this.questions.rank(tokens.words);
  }

  /** A code with little around it tells the topic if only one article lists it. */
  private codeMatches(
    codes: readonly FoundCode[],
    tokens: Tokens,
  ): Pick<Diagnosis, 'outcome' | 'matches'> | null {
    const [first] = codes;
    if (!first || tokens.length - (first.to - first.from) > WORDS_AROUND_A_CODE) return null;
    const spellings = [...first.spellings].slice(0, MOST_CHOICES);
    const matches = spellings.map(([topic, code]) => ({
      ...plainMatch(topic, CODE_ALONE / spellings.length),
      code,
    }));
    return { outcome: matches.length === 1 ? 'match' : 'ambiguous', matches };
  }

  private answer(
    ranked: readonly RankedTopic[],
    near: FoundAlert | null,
  ): Pick<Diagnosis, 'outcome' | 'matches' | 'near'> {
    const [best] = ranked;
    const probability = best?.probability ?? 0;
    if (best && probability >= (near ? ANSWER_TO_A_NOTICE : ANSWER)) {
      return {
        outcome: 'answer',
        matches: [plainMatch(best.topic, probabilityOfAnswer(probability))],
        near: null,
      };
    }
    const choices = ranked
      .slice(0, MOST_CHOICES)
      .filter(({ probability: share }, rank) => rank < 2 || share >= WORTH_OFFERING);
    if (probability >= CHOICE && choices.length > 1) {
      const matches = choices.map((choice) => plainMatch(choice.topic, choice.probability));
      return { outcome: 'ambiguous', matches, near: null };
    }
    const nearQuestion = best && probability >= NEAR_QUESTION ? best.topic : null;
    return { outcome: 'none', matches: [], near: near?.topic ?? nearQuestion };
  }
}

/** The codes are those that stand in the alert or between it and the next one. */
function alertMatch(alert: FoundAlert, codes: readonly FoundCode[]): TopicMatch {
  const own = codes.find((code) => code.spellings.has(alert.topic));
  return {
    topic: alert.topic,
    confidence: rounded(probabilityOfAlert(alert.fit)),
    slots: alert.slots,
    direction: alert.direction,
    code: own?.spellings.get(alert.topic) ?? null,
    nature: alert.nature,
  };
}

function nearestOf(found: readonly FoundAlert[]): FoundAlert | null {
  let nearest: FoundAlert | null = null;
  for (const alert of found) {
    if (alert.fit >= NEAR && alert.fit > (nearest?.fit ?? 0)) nearest = alert;
  }
  return nearest;
}

function languageOf(alerts: readonly FoundAlert[]): Language | null {
  const [first] = alerts;
  if (!first || alerts.some((alert) => alert.lang !== first.lang)) return null;
  return isLanguage(first.lang) ? first.lang : null;
}

/** Times, counters and addresses: nobody asks a question in them. */
function isLog(tokens: Tokens): boolean {
  if (tokens.length < SHORTEST_LOG) return false;
  const numbers = tokens.words.filter((word) => word >= '0' && word < ':').length;
  return numbers > tokens.length * LOG_NUMBERS;
}

function plainMatch(topic: TopicId, probability: number): TopicMatch {
  const confidence = rounded(probability);
  return { topic, confidence, slots: {}, direction: null, code: null, nature: null };
}

function rounded(probability: number): number {
  return Math.round(Math.min(1, Math.max(0, probability)) * 1000) / 1000;
}

function folded(words: readonly string[]): Set<string> {
  return new Set(words.flatMap((word) => scan(word).words));
}
