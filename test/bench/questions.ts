import { writeFile } from 'node:fs/promises';
import { LANGUAGES } from '../../services/domain/language.ts';
import { answeringArticles, CATALOGUES } from '../../services/knowledge/create-knowledge.ts';
import { loadArticles } from '../../services/knowledge/index.ts';
import {
  type Calibration,
  type Calibrations,
  type Certainty,
  certaintyOf,
} from '../../services/knowledge/questions/calibration.ts';
import {
  loadQuestionData,
  type QuestionData,
} from '../../services/knowledge/questions/question-data.ts';
import {
  DOCUMENT_ODDS,
  type Judgement,
  QuestionScorer,
} from '../../services/knowledge/questions/question-scorer.ts';
import { scan } from '../../services/knowledge/text/scan.ts';
import { finishNow } from '../../services/knowledge/text/work-in-steps.ts';
import { calibrationError, fitCalibration } from './fit-calibration.ts';
import { type FoldedQuestion, foldQuestions, withoutFold } from './question-folds.ts';

const FOLDS = 5;
const CALIBRATION_FILE = 'data/questions/calibration.json';
const FALSE_ANSWERS = [0.01, 0.02, 0.03];
/** As in services/knowledge/diagnose-text.ts. */
const CHOSEN = 0.4;
const NOTHING_SAID: Certainty = { inScope: 0, choice: 0 };

interface Judged extends FoldedQuestion {
  readonly judgement: Judgement | null;
  readonly ofDocument: boolean;
}

interface Answered extends Judged {
  readonly right: boolean;
  readonly offered: boolean;
  readonly certainty: Certainty;
  readonly probability: number;
}

/**
 * How well questions are answered that the model has not learnt: cross-validation over the articles'
 * own questions, the phrasings and the out-of-scope texts. `npm run bench -- questions --calibrate`
 * writes what was fitted to the data.
 */
export async function benchQuestions(): Promise<void> {
  const calibrate = process.argv.includes('--calibrate');
  const [articles, questions] = await Promise.all([
    loadArticles('data/knowledge'),
    loadQuestionData('data/questions'),
  ]);
  if (articles.kind === 'invalid' || questions.kind === 'invalid') {
    console.log(
      'the data are invalid',
      [articles, questions].flatMap((one) => (one.kind === 'invalid' ? one.problems : [])),
    );
    process.exitCode = 1;
    return;
  }
  const fitted: Calibrations = { ...questions.data.calibrations };
  for (const catalogue of CATALOGUES) {
    const answering = answeringArticles(articles.articles, catalogue);
    const judged = crossValidate(answering, questions.data, questions.data.calibrations[catalogue]);
    console.log(`\nquestions kept from the model, catalogue: ${catalogue}`);
    const answered = calibrated(judged);
    const rows = partsOf(answered).map(([part, some]) => [part, rowOf(some)] as const);
    console.table(Object.fromEntries(rows));
    fitted[catalogue] = calibrationOf(judged);
  }
  console.log('fitted on everything', JSON.stringify(fitted));
  if (calibrate) await writeFile(CALIBRATION_FILE, `${JSON.stringify(fitted, null, 2)}\n`);
}

function crossValidate(
  articles: ReturnType<typeof answeringArticles>,
  data: QuestionData,
  calibration: Calibration,
): readonly Judged[] {
  const sources = { articles, ...data };
  const documents = new Set(
    articles.filter(({ catalogue }) => catalogue === 'document').map(({ id }) => id),
  );
  const questions = foldQuestions(sources, FOLDS);
  const judged: Judged[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const learnt = withoutFold(sources, questions, fold);
    const scorer = new QuestionScorer(learnt, calibration, null);
    for (const question of questions) {
      if (question.fold !== fold) continue;
      const judgement = finishNow(scorer.judge(scan(question.text).words));
      const ofDocument = question.topic !== null && documents.has(question.topic);
      judged.push({ ...question, judgement, ofDocument });
    }
  }
  return judged;
}

/** Each fold by a calibration that was fitted on the others. */
function calibrated(judged: readonly Judged[]): readonly Answered[] {
  return Array.from({ length: FOLDS }).flatMap((_, fold) => {
    const calibration = calibrationOf(judged.filter((one) => one.fold !== fold));
    return judged
      .filter((one) => one.fold === fold)
      .map((one) => {
        const topics = one.judgement?.first.map(({ topic }) => topic) ?? [];
        const offered = one.topic !== null && topics.includes(one.topic);
        const certainty =
          one.judgement === null ? NOTHING_SAID : certaintyOf(one.judgement.evidence, calibration);
        const probability = certainty.inScope * certainty.choice;
        return { ...one, right: isRight(one), offered, certainty, probability };
      });
  });
}

function calibrationOf(judged: readonly Judged[]): Calibration {
  return fitCalibration(
    judged.flatMap((one) =>
      one.judgement === null
        ? []
        : [
            {
              evidence: one.judgement.evidence,
              inScope: one.topic !== null,
              right: isRight(one),
              weight: one.ofDocument ? DOCUMENT_ODDS : 1,
            },
          ],
    ),
  );
}

function isRight({ topic, judgement }: Judged): boolean {
  return topic !== null && judgement?.first[0]?.topic === topic;
}

function partsOf(
  answered: readonly Answered[],
): readonly (readonly [string, readonly Answered[]])[] {
  const none = answered.filter(({ topic }) => topic === null);
  return [
    ['all', answered],
    ['the document’s topics', [...answered.filter(({ ofDocument }) => ofDocument), ...none]],
    ['later topics', answered.filter(({ topic, ofDocument }) => topic === null || !ofDocument)],
    ...LANGUAGES.map((lang) => [lang, answered.filter((one) => one.lang === lang)] as const),
  ];
}

function rowOf(answered: readonly Answered[]): Record<string, string | number> {
  const questions = answered.filter(({ topic }) => topic !== null);
  const none = answered.filter(({ topic }) => topic === null);
  const chosen = ({ certainty }: Answered): boolean => certainty.choice >= CHOSEN;
  const tempted = none
    .map((one) => (chosen(one) ? one.certainty.inScope : 0))
    .sort((a, b) => b - a);
  const row: Record<string, string | number> = {
    questions: questions.length,
    'out of scope': none.length,
    'first, %': percent(questions.filter(({ right }) => right).length, questions.length),
    'in three, %': percent(questions.filter(({ offered }) => offered).length, questions.length),
  };
  for (const share of FALSE_ANSWERS) {
    const threshold = tempted[Math.floor(share * tempted.length)] ?? 0;
    const given = questions.filter((one) => chosen(one) && one.certainty.inScope > threshold);
    const right = given.filter((one) => one.right).length;
    row[`right at ${percent(share, 1)} % false`] = percent(right, questions.length);
    row[`wrong at ${percent(share, 1)} %`] = percent(given.length - right, questions.length);
    row[`from (${percent(share, 1)} %)`] = threshold.toFixed(3);
  }
  row['ECE'] = calibrationError(answered).toFixed(4);
  return row;
}

function percent(some: number, all: number): string {
  return ((100 * some) / Math.max(1, all)).toFixed(1);
}
