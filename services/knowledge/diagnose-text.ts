import type { Article } from '../domain/article.ts';
import type { Diagnosis, TopicMatch } from '../domain/diagnosis.ts';
import type { TopicId } from '../domain/ids.ts';
import { LANGUAGES } from '../domain/language.ts';
import { AlertRecogniser } from './alerts/recognise-alerts.ts';
import type { Calibration } from './questions/calibration.ts';
import { NoticeVoice } from './questions/notice-voice.ts';
import type { QuestionData } from './questions/question-data.ts';
import type { QuestionModel } from './questions/question-model.ts';
import { QuestionScorer, type Ranking, UNRANKED } from './questions/question-scorer.ts';
import { detectLanguage, type FunctionWords, functionWordsOf } from './text/detect-language.ts';
import { excerptOf } from './text/excerpt.ts';
import { scan, scanInSteps, type Tokens } from './text/scan.ts';
import type { Steps } from './text/work-in-steps.ts';

/** A free question is shorter than this; a longer text that holds no alert is not one. */
const LONGEST_QUESTION = 260;
const LONGEST_TITLE = 30;
/**
 * A topic answers where it is nearly sure that anything does (one in a hundred texts that nothing
 * answers is let through, in cross-validation) and likely enough that it is this one; below that it
 * is offered beside others.
 */
const IN_SCOPE = 0.97;
const CHOSEN = 0.4;
const CHOSEN_NEAR_AN_ALERT = 0.9;
const CHOICE = 0.18;
const WORTH_OFFERING = 0.03;
const MOST_CHOICES = 3;
const SHORTEST_LOG = 12;
const LOG_NUMBERS = 0.3;
const NEAR_QUESTION = 0.08;

export interface DiagnoserSources {
  readonly articles: readonly Article[];
  /** Articles that do not answer; their wordings only tell what others' are not. */
  readonly undocumented: readonly Article[];
  readonly questions: QuestionData;
  readonly calibration: Calibration;
  readonly trained: QuestionModel | null;
}

/** From a text to a diagnosis (design.md §3); everything is in memory. */
export class TextDiagnoser {
  private readonly alerts: AlertRecogniser;
  private readonly questions: QuestionScorer;
  /** Articles by their folded titles. */
  private readonly titles: ReadonlyMap<string, TopicId>;
  private readonly functionWords: FunctionWords;
  private readonly noticeVoice: NoticeVoice;

  constructor(sources: DiagnoserSources) {
    const { articles, undocumented, questions, calibration, trained } = sources;
    const { lexicon } = questions;
    this.alerts = new AlertRecogniser({
      articles,
      undocumented,
      equivalents: lexicon.equivalents,
      fillers: folded(lexicon.fillers),
    });
    this.questions = new QuestionScorer({ articles, ...questions }, calibration, trained);
    this.titles = new Map(
      articles.flatMap(({ id, title }) =>
        LANGUAGES.map((lang) => [scan(title[lang]).words.join(' '), id] as const),
      ),
    );
    this.functionWords = functionWordsOf(lexicon.functionWords);
    this.noticeVoice = new NoticeVoice(lexicon);
  }

  /** See {@link Knowledge.learnQuestions}. */
  learnQuestions(): Steps<void> {
    return this.questions.ready();
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
      const matches = [...recognised.matches].sort((a, b) => b.confidence - a.confidence);
      return { outcome: 'ambiguous', lang, matches, near: null, partlyRead };
    }
    const { near } = recognised;
    const ranked = recognised.kind === 'undocumented' ? UNRANKED : yield* this.rank(tokens);
    // What is put like an alert is one that no article documents; its topic is offered at most.
    const notice = this.noticeVoice.hears(text, tokens.words);
    return { ...this.answer(ranked, near, notice), lang, partlyRead };
  }

  /** Whoever writes a title, by hand or with a button, means that article. */
  private titled(tokens: Tokens): TopicId | null {
    if (tokens.length > LONGEST_TITLE) return null;
    return this.titles.get(tokens.words.join(' ')) ?? null;
  }

  private *rank(tokens: Tokens): Steps<Ranking> {
    if (tokens.length === 0 || tokens.length > LONGEST_QUESTION || isLog(tokens)) {
      return UNRANKED;
    }
    return yield* this.questions.rank(tokens.words);
  }

  private answer(
    { inScope, choice, topics }: Ranking,
    near: TopicId | null,
    notice: boolean,
  ): Pick<Diagnosis, 'outcome' | 'matches' | 'near'> {
    const [best] = topics;
    const probability = best?.probability ?? 0;
    const chosen = choice >= (near === null ? CHOSEN : CHOSEN_NEAR_AN_ALERT);
    if (best && !notice && chosen && inScope >= IN_SCOPE) {
      return {
        outcome: 'answer',
        matches: [plainMatch(best.topic, probability)],
        near: null,
      };
    }
    const choices = topics
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
