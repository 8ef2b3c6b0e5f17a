import type { Article } from '../domain/article.ts';
import type { Diagnosis, TopicMatch } from '../domain/diagnosis.ts';
import type { TopicId } from '../domain/ids.ts';
import { LANGUAGES } from '../domain/language.ts';
import { AlertRecogniser } from './alerts/recognise-alerts.ts';
import type { Lexicon, OutOfScope } from './questions/lexicon.ts';
import { probabilityOfAnswer } from './questions/probability.ts';
import { QuestionScorer, type RankedTopic } from './questions/question-scorer.ts';
import { detectLanguage } from './text/detect-language.ts';
import { excerptOf } from './text/excerpt.ts';
import { scan, scanInSteps, type Tokens } from './text/scan.ts';
import type { Steps } from './text/work-in-steps.ts';

/** A free question is shorter than this; a longer text that holds no alert is not one. */
const LONGEST_QUESTION = 260;
const LONGEST_TITLE = 30;
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
  private readonly alerts: AlertRecogniser;
  private readonly questions: QuestionScorer;
  /** Articles by their folded titles. */
  private readonly titles: ReadonlyMap<string, TopicId>;
  private readonly functionWords: { readonly sv: Set<string>; readonly en: Set<string> };

  /** `undocumented` articles do not answer; their wordings only tell what others' are not. */
  constructor(
    articles: readonly Article[],
    undocumented: readonly Article[],
    outOfScope: OutOfScope,
    lexicon: Lexicon,
  ) {
    this.alerts = new AlertRecogniser({
      articles,
      undocumented,
      equivalents: lexicon.equivalents,
      fillers: folded(lexicon.fillers),
    });
    this.questions = new QuestionScorer(articles, outOfScope, lexicon);
    this.titles = new Map(
      articles.flatMap(({ id, title }) =>
        LANGUAGES.map((lang) => [scan(title[lang]).words.join(' '), id] as const),
      ),
    );
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
    const recognised = yield* this.alerts.recognise(tokens, text);
    yield;
    if (recognised.kind === 'alerts') {
      const { matches } = recognised;
      return { outcome: 'match', lang: lang ?? recognised.lang, matches, near: null, partlyRead };
    }
    if (recognised.kind === 'ambiguous') {
      return { outcome: 'ambiguous', lang, matches: recognised.matches, near: null, partlyRead };
    }
    const { near } = recognised;
    const ranked = recognised.kind === 'undocumented' ? [] : this.rank(tokens);
    return { ...this.answer(ranked, near), lang, partlyRead };
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

  private answer(
    ranked: readonly RankedTopic[],
    near: TopicId | null,
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
    return { outcome: 'none', matches: [], near: near ?? nearQuestion };
  }
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
