import { measuresOf, probabilityOfAlert } from '../../services/knowledge/alerts/probability.ts';
import { ALERT, AlertRecogniser } from '../../services/knowledge/alerts/recognise-alerts.ts';
import { loadArticles } from '../../services/knowledge/load-articles.ts';
import { loadQuestionData } from '../../services/knowledge/questions/question-data.ts';
import { scan } from '../../services/knowledge/text/scan.ts';
import { finishNow } from '../../services/knowledge/text/work-in-steps.ts';
import { generateCases } from '../generated/generate-cases.ts';
import { calibrationError } from './fit-calibration.ts';

/** `npx tsx test/bench/fit-alert-calibration.ts`: prints what to write in alert-calibration.ts. */

interface Row {
  readonly fit: number;
  readonly margin: number;
  readonly right: boolean;
}

const PER_NOISE = 300;
const ROUNDS = 40;
const RIDGE = 1e-3;
/** A little below what is reported, so that the curve knows what it bends to. */
const BELOW = 0.03;

const articles = await loadArticles('data/knowledge');
const questions = await loadQuestionData('data/questions');
if (articles.kind === 'invalid' || questions.kind === 'invalid') throw new Error('data is invalid');
const { equivalents, fillers } = questions.data.lexicon;
const all = [...articles.articles.values()];
const recogniser = new AlertRecogniser({
  articles: all,
  undocumented: [],
  equivalents,
  fillers: new Set(fillers.flatMap((word) => scan(word).words)),
});

/** What the matcher saw in generated texts, and whether it was so. Codes decide by other rules. */
function rowsOf(seed: string): readonly Row[] {
  const cases = generateCases(all, { seed, perNoise: PER_NOISE });
  return cases
    .filter(({ noise }) => !noise.startsWith('code'))
    .flatMap(({ text, kind, labels }) =>
      finishNow(recogniser.find(scan(text), text))
        .filter(({ decoy, rivals, fit }) => !decoy && rivals.length === 0 && fit >= ALERT - BELOW)
        .map(({ fit, margin, topic }) => {
          return { fit, margin, right: kind !== 'negative' && labels.includes(topic) };
        }),
    );
}

/** Newton's method; three numbers need no more. */
function fitted(rows: readonly Row[]): Parameters<typeof probabilityOfAlert>[1] {
  const weights = [0, 0, 0];
  const data = rows.map((row) => {
    const { bias, fit, margin } = measuresOf(row);
    return { values: [bias, fit, margin], right: row.right ? 1 : 0 };
  });
  for (let round = 0; round < ROUNDS; round++) {
    const system = weights.map((weight, at) => [
      ...weights.map((_, other) => (at === other ? RIDGE : 0)),
      RIDGE * weight,
    ]);
    for (const { values, right } of data) {
      const sum = values.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0);
      const share = 1 / (1 + Math.exp(-sum));
      system.forEach((row, at) => {
        const value = values[at] ?? 0;
        values.forEach((other, column) => {
          row[column] = (row[column] ?? 0) + share * (1 - share) * value * other;
        });
        row[values.length] = (row[values.length] ?? 0) + (share - right) * value;
      });
    }
    const steps = solved(system);
    steps.forEach((step, at) => {
      weights[at] = (weights[at] ?? 0) - step;
    });
  }
  const [bias = 0, fit = 0, margin = 0] = weights.map((weight) => Math.round(weight * 100) / 100);
  return { bias, fit, margin };
}

function solved(system: number[][]): readonly number[] {
  system.forEach((row, at) => {
    const pivot = row[at] ?? 1;
    row.forEach((value, column) => {
      row[column] = value / pivot;
    });
    system.forEach((other, index) => {
      if (index === at) return;
      const factor = other[at] ?? 0;
      row.forEach((value, column) => {
        other[column] = (other[column] ?? 0) - factor * value;
      });
    });
  });
  return system.map((row) => row.at(-1) ?? 0);
}

function errorOf(rows: readonly Row[], calibration: ReturnType<typeof fitted>): number {
  const shown = rows.filter(({ fit }) => fit >= ALERT);
  return calibrationError(
    shown.map((row) => ({ probability: probabilityOfAlert(row, calibration), right: row.right })),
  );
}

const train = rowsOf('fit');
const calibration = fitted(train);
const held = rowsOf('held out');
console.log(`export const ALERT_CALIBRATION = ${JSON.stringify(calibration)};`);
console.log(
  `expected error ${errorOf(train, calibration).toFixed(4)} on the ${train.length} fitted,`,
);
console.log(`${errorOf(held, calibration).toFixed(4)} on ${held.length} held out`);
