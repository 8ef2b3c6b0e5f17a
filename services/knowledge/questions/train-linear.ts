import type { Steps } from '../text/work-in-steps.ts';
import type { Features } from './features.ts';
import { type LinearWeights, SHORT_TEXT, softmax } from './linear-model.ts';
import { randomNumbers, shuffle } from './random-order.ts';

export interface TrainingExample {
  readonly features: Features;
  readonly label: number;
  readonly weight: number;
}

const EPOCHS = 8;
const RATE = 0.8;
const DECAY = 1e-4;
const SMALL = 1e-6;
/**
 * The share of an example's features that is left out each time it is seen: what one word says must
 * not lean on another that people may not write.
 */
const LEFT_OUT = 0.5;
const BIAS_RATE = 0.12;
/** Labels that are this nearly right are left alone: most of them, after the first rounds. */
const NEGLIGIBLE = 1e-2;
const SEED = 20170201;
/** What only one example has teaches nothing about others. */
const FEWEST_EXAMPLES = 2;
const EXAMPLES_A_STEP = 4;
const EXAMPLES_COUNTED_A_STEP = 64;
const LARGEST_BYTE = 127;

interface Indexed {
  readonly rows: Int32Array;
  readonly values: Float64Array;
  readonly label: number;
  readonly weight: number;
}

/** Stochastic gradient descent (AdaGrad), with a pause every few examples. */
export function* trainLinear(
  examples: readonly TrainingExample[],
  labels: number,
): Steps<LinearWeights> {
  const counts = new Map<number, number>();
  for (const [index, { features }] of examples.entries()) {
    if (index % EXAMPLES_COUNTED_A_STEP === 0) yield;
    for (const id of features.ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const rarityOf = (count: number): number => Math.log(1 + examples.length / (count + 0.5));
  const rowOf = new Map<number, number>();
  const rarity: number[] = [];
  for (const [id, count] of counts) {
    if (count < FEWEST_EXAMPLES) continue;
    rowOf.set(id, rowOf.size);
    rarity.push(rarityOf(count));
  }
  yield;
  const rarityOfUnseen = rarityOf(0);
  const indexed: Indexed[] = [];
  for (const [index, example] of examples.entries()) {
    if (index % EXAMPLES_COUNTED_A_STEP === 0) yield;
    indexed.push(indexedOf(example, rowOf, rarity, rarityOfUnseen));
  }
  const weights = new Float32Array(rowOf.size * labels);
  const bias = new Float32Array(labels);
  yield* descend(indexed, labels, weights, bias);
  const { scales, rows } = yield* asBytes(weights, labels);
  return {
    labels,
    ids: Int32Array.from(rowOf.keys()),
    rarity: Float32Array.from(rarity),
    rarityOfUnseen,
    scales,
    rows,
    bias,
  };
}

function indexedOf(
  { features, label, weight }: TrainingExample,
  rowOf: ReadonlyMap<number, number>,
  rarity: readonly number[],
  rarityOfUnseen: number,
): Indexed {
  const rows: number[] = [];
  const values: number[] = [];
  let squares = 0;
  features.ids.forEach((id, at) => {
    const row = rowOf.get(id);
    const rare = row === undefined ? rarityOfUnseen : (rarity[row] ?? 0);
    const value = (features.values[at] ?? 0) * rare;
    squares += value * value;
    if (row === undefined) return;
    rows.push(row);
    values.push(value);
  });
  const scale = 1 / Math.sqrt(squares + SHORT_TEXT);
  return {
    rows: Int32Array.from(rows),
    values: Float64Array.from(values, (value) => value * scale),
    label,
    weight,
  };
}

/** Some of an example's features, as long a vector as all of them. */
function someOf({ rows, values }: Indexed, random: () => number): Pick<Indexed, 'rows' | 'values'> {
  const places: number[] = [];
  let squares = 0;
  let kept = 0;
  for (let at = 0; at < rows.length; at++) {
    const square = (values[at] ?? 0) ** 2;
    squares += square;
    if (random() < LEFT_OUT) continue;
    kept += square;
    places.push(at);
  }
  const scale = kept === 0 ? 0 : Math.sqrt(squares / kept);
  return {
    rows: Int32Array.from(places, (at) => rows[at] ?? 0),
    values: Float64Array.from(places, (at) => (values[at] ?? 0) * scale),
  };
}

function* descend(
  examples: readonly Indexed[],
  labels: number,
  weights: Float32Array,
  bias: Float32Array,
): Steps<void> {
  const squares = new Float32Array(weights.length).fill(SMALL);
  const biasSquares = new Float32Array(labels).fill(SMALL);
  const order = examples.map((_, index) => index);
  const random = randomNumbers(SEED);
  const errors = new Float64Array(labels);
  const wrong = new Int32Array(labels);
  yield;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (let turn = 0; turn < order.length; turn++) {
      if (turn % EXAMPLES_A_STEP === 0) yield;
      const example = examples[order[turn] ?? 0];
      if (!example) continue;
      const { label: truth, weight: importance } = example;
      const { rows, values } = someOf(example, random);
      errors.set(bias);
      for (let at = 0; at < rows.length; at++) {
        const start = (rows[at] ?? 0) * labels;
        const value = values[at] ?? 0;
        for (let label = 0; label < labels; label++) {
          errors[label] = (errors[label] ?? 0) + (weights[start + label] ?? 0) * value;
        }
      }
      softmax(errors);
      errors[truth] = (errors[truth] ?? 0) - 1;
      let wrongs = 0;
      for (let label = 0; label < labels; label++) {
        const error = (errors[label] ?? 0) * importance;
        errors[label] = error;
        if (Math.abs(error) < NEGLIGIBLE) continue;
        wrong[wrongs++] = label;
        const square = (biasSquares[label] ?? 0) + error * error;
        biasSquares[label] = square;
        bias[label] = (bias[label] ?? 0) - (BIAS_RATE * error) / Math.sqrt(square);
      }
      for (let at = 0; at < rows.length; at++) {
        const start = (rows[at] ?? 0) * labels;
        const value = values[at] ?? 0;
        for (let one = 0; one < wrongs; one++) {
          const label = wrong[one] ?? 0;
          const cell = start + label;
          const weight = weights[cell] ?? 0;
          const gradient = (errors[label] ?? 0) * value + DECAY * weight;
          const square = (squares[cell] ?? 0) + gradient * gradient;
          squares[cell] = square;
          weights[cell] = weight - (RATE * gradient) / Math.sqrt(square);
        }
      }
    }
  }
}

/** A byte for each weight: a quarter of the size, and no answer that was measured changes. */
function* asBytes(
  weights: Float32Array,
  labels: number,
): Steps<{ readonly scales: Float32Array; readonly rows: Int8Array }> {
  const rows = new Int8Array(weights.length);
  const scales = new Float32Array(weights.length / labels);
  for (let row = 0; row < scales.length; row++) {
    if (row % 512 === 0) yield;
    const start = row * labels;
    let largest = 0;
    for (let label = 0; label < labels; label++) {
      largest = Math.max(largest, Math.abs(weights[start + label] ?? 0));
    }
    const scale = largest / LARGEST_BYTE;
    scales[row] = scale;
    if (scale === 0) continue;
    for (let label = 0; label < labels; label++) {
      rows[start + label] = Math.round((weights[start + label] ?? 0) / scale);
    }
  }
  return { scales, rows };
}
