import type { Features } from './features.ts';

export interface TrainingExample {
  readonly features: Features;
  readonly label: number;
  readonly weight: number;
}

const EPOCHS = 8;
const RATE = 0.6;
const DECAY = 1e-4;
const SMALL = 1e-6;
const BIAS_RATE = 0.12;
/** Labels that are this nearly right are left alone: most of them, after the first rounds. */
const NEGLIGIBLE = 2e-3;
const SEED = 20170201;

/** Multinomial logistic regression, trained at start by stochastic gradient descent (AdaGrad). */
export class LinearModel {
  private readonly labels: number;
  private readonly features = new Map<string, number>();
  private readonly weights: Float32Array;
  private readonly bias: Float32Array;

  constructor(examples: readonly TrainingExample[], labels: number) {
    this.labels = labels;
    const seenOnce = new Set<string>();
    for (const example of examples) {
      for (const feature of example.features.keys()) {
        if (this.features.has(feature)) continue;
        // What only one example has teaches nothing about others.
        if (seenOnce.delete(feature)) this.features.set(feature, this.features.size);
        else seenOnce.add(feature);
      }
    }
    this.weights = new Float32Array(this.features.size * labels);
    this.bias = new Float32Array(labels);
    this.train(examples.map((example) => this.indexed(example)));
  }

  /** A probability for every label. */
  probabilities(features: Features): Float64Array {
    const { indices, values } = this.sparse(features);
    return softmax(this.logits(indices, values));
  }

  private sparse(features: Features): { indices: Int32Array; values: Float64Array } {
    const indices: number[] = [];
    const values: number[] = [];
    for (const [feature, value] of features) {
      const index = this.features.get(feature);
      if (index === undefined) continue;
      indices.push(index);
      values.push(value);
    }
    return { indices: Int32Array.from(indices), values: Float64Array.from(values) };
  }

  private indexed(example: TrainingExample) {
    return { ...this.sparse(example.features), label: example.label, weight: example.weight };
  }

  private logits(indices: Int32Array, values: Float64Array): Float64Array {
    const { labels, weights } = this;
    const sums = Float64Array.from(this.bias);
    for (let at = 0; at < indices.length; at++) {
      const row = (indices[at] ?? 0) * labels;
      const value = values[at] ?? 0;
      for (let label = 0; label < labels; label++) {
        sums[label] = (sums[label] ?? 0) + (weights[row + label] ?? 0) * value;
      }
    }
    return sums;
  }

  private train(examples: readonly ReturnType<LinearModel['indexed']>[]): void {
    const { labels, weights, bias } = this;
    const squares = new Float32Array(weights.length).fill(SMALL);
    const biasSquares = new Float32Array(labels).fill(SMALL);
    const order = examples.map((_, index) => index);
    const random = randomNumbers(SEED);
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      shuffle(order, random);
      for (const index of order) {
        const example = examples[index];
        if (!example) continue;
        const errors = softmax(this.logits(example.indices, example.values));
        errors[example.label] = (errors[example.label] ?? 0) - 1;
        const wrong: number[] = [];
        for (let label = 0; label < labels; label++) {
          const error = (errors[label] ?? 0) * example.weight;
          errors[label] = error;
          if (Math.abs(error) < NEGLIGIBLE) continue;
          wrong.push(label);
          const square = (biasSquares[label] ?? 0) + error * error;
          biasSquares[label] = square;
          bias[label] = (bias[label] ?? 0) - (BIAS_RATE * error) / Math.sqrt(square);
        }
        for (let at = 0; at < example.indices.length; at++) {
          const row = (example.indices[at] ?? 0) * labels;
          const value = example.values[at] ?? 0;
          for (const label of wrong) {
            const cell = row + label;
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
}

function softmax(logits: Float64Array): Float64Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) highest = Math.max(highest, logit);
  let sum = 0;
  for (let index = 0; index < logits.length; index++) {
    const power = Math.exp((logits[index] ?? 0) - highest);
    logits[index] = power;
    sum += power;
  }
  for (let index = 0; index < logits.length; index++) logits[index] = (logits[index] ?? 0) / sum;
  return logits;
}

/** Repeatable, so that the same articles give the same answers (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffle(order: number[], random: () => number): void {
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const held = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = held;
  }
}
