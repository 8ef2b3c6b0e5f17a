import type { Steps } from '../text/work-in-steps.ts';
import type { Features } from './features.ts';
import { randomNumbers, shuffle } from './random-order.ts';

/** What tells questions that some article answers from everything else. */
export interface ScopeWeights {
  readonly ids: Int32Array;
  readonly weights: Float32Array;
  readonly bias: number;
}

export interface ScopeExample {
  readonly features: Features;
  readonly inScope: boolean;
  readonly weight: number;
}

/** How much the order of two words says beside the words themselves. */
const ORDER = 0.8;
/** Added to a text's length, so that one word does not say as much as a whole question. */
const SHORT = 4;
const FEWEST_EXAMPLES = 2;
const EPOCHS = 6;
const RATE = 0.3;
const DECAY = 1e-5;
const SMALL = 1e-6;
const SEED = 20171002;
const EXAMPLES_A_STEP = 64;

/** Logistic regression on all that a text consists of and on the order of its words. */
export class ScopeModel {
  private readonly weightOf = new Map<number, number>();
  private readonly bias: number;

  constructor({ ids, weights, bias }: ScopeWeights) {
    ids.forEach((id, at) => {
      this.weightOf.set(id, weights[at] ?? 0);
    });
    this.bias = bias;
  }

  /** The logarithm of the odds that some article answers. */
  odds(features: Features): number {
    let sum = 0;
    let squares = 0;
    eachOf(features, (id, value) => {
      squares += value * value;
      sum += value * (this.weightOf.get(id) ?? 0);
    });
    return this.bias + sum / Math.sqrt(squares + SHORT);
  }
}

/** Stochastic gradient descent (AdaGrad), with a pause every few examples. */
export function* trainScope(examples: readonly ScopeExample[]): Steps<ScopeWeights> {
  const counts = new Map<number, number>();
  for (const [index, { features }] of examples.entries()) {
    if (index % EXAMPLES_A_STEP === 0) yield;
    eachOf(features, (id) => counts.set(id, (counts.get(id) ?? 0) + 1));
  }
  const placeOf = new Map<number, number>();
  for (const [id, count] of counts) if (count >= FEWEST_EXAMPLES) placeOf.set(id, placeOf.size);
  yield;
  const weights = new Float32Array(placeOf.size);
  const squares = new Float32Array(placeOf.size).fill(SMALL);
  let bias = 0;
  let biasSquares = SMALL;
  const order = examples.map((_, index) => index);
  const random = randomNumbers(SEED);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (let turn = 0; turn < order.length; turn++) {
      if (turn % EXAMPLES_A_STEP === 0) yield;
      const example = examples[order[turn] ?? 0];
      if (!example) continue;
      const { places, values } = placed(example.features, placeOf);
      let sum = bias;
      places.forEach((place, at) => {
        sum += (values[at] ?? 0) * (weights[place] ?? 0);
      });
      const error = (1 / (1 + Math.exp(-sum)) - (example.inScope ? 1 : 0)) * example.weight;
      biasSquares += error * error;
      bias -= (RATE * error) / Math.sqrt(biasSquares);
      places.forEach((place, at) => {
        const gradient = error * (values[at] ?? 0) + DECAY * (weights[place] ?? 0);
        const square = (squares[place] ?? 0) + gradient * gradient;
        squares[place] = square;
        weights[place] = (weights[place] ?? 0) - (RATE * gradient) / Math.sqrt(square);
      });
    }
  }
  return { ids: Int32Array.from(placeOf.keys()), weights, bias };
}

function placed(
  features: Features,
  placeOf: ReadonlyMap<number, number>,
): { readonly places: readonly number[]; readonly values: readonly number[] } {
  const places: number[] = [];
  const values: number[] = [];
  let squares = 0;
  eachOf(features, (id, value) => {
    squares += value * value;
    const place = placeOf.get(id);
    if (place === undefined) return;
    places.push(place);
    values.push(value);
  });
  const scale = 1 / Math.sqrt(squares + SHORT);
  return { places, values: values.map((value) => value * scale) };
}

function eachOf(
  { ids, values, order }: Features,
  visit: (id: number, value: number) => void,
): void {
  for (let at = 0; at < ids.length; at++) visit(ids[at] ?? 0, values[at] ?? 0);
  for (let at = 0; at < order.length; at++) visit(order[at] ?? 0, ORDER);
}
