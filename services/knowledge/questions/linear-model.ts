import type { Features } from './features.ts';

/** What was learnt, as it stands in the model's file. */
export interface LinearWeights {
  /** How many labels there are. */
  readonly labels: number;
  /** The features that have weights. */
  readonly ids: Int32Array;
  /** How much a feature says by being rare. */
  readonly rarity: Float32Array;
  readonly rarityOfUnseen: number;
  /** A row of weights for each feature, one for each label, as bytes of this scale. */
  readonly scales: Float32Array;
  readonly rows: Int8Array;
  readonly bias: Float32Array;
}

/** Added to a text's length, so that one odd word does not say as much as a whole question. */
export const SHORT_TEXT = 100;

/** Multinomial logistic regression: a probability for every label. */
export class LinearModel {
  private readonly learnt: LinearWeights;
  private readonly rowOf = new Map<number, number>();
  private readonly values = new Float64Array(2048);
  private readonly rows = new Int32Array(2048);

  constructor(learnt: LinearWeights) {
    this.learnt = learnt;
    learnt.ids.forEach((id, row) => {
      this.rowOf.set(id, row);
    });
  }

  probabilities(features: Features): Float64Array {
    const { labels, scales, rows, bias } = this.learnt;
    const length = this.weigh(features);
    const sums = Float64Array.from(bias);
    for (let at = 0; at < length; at++) {
      const row = this.rows[at] ?? 0;
      const value = (this.values[at] ?? 0) * (scales[row] ?? 0);
      const start = row * labels;
      for (let label = 0; label < labels; label++) {
        sums[label] = (sums[label] ?? 0) + (rows[start + label] ?? 0) * value;
      }
    }
    return softmax(sums);
  }

  /** Fills `rows` and `values`; what was never seen counts for the length, as something else said. */
  private weigh({ ids, values }: Features): number {
    const { rarity, rarityOfUnseen } = this.learnt;
    let squares = 0;
    let length = 0;
    for (let at = 0; at < ids.length && length < this.rows.length; at++) {
      const row = this.rowOf.get(ids[at] ?? 0);
      const rare = row === undefined ? rarityOfUnseen : (rarity[row] ?? 0);
      const weight = (values[at] ?? 0) * rare;
      squares += weight * weight;
      if (row === undefined) continue;
      this.rows[length] = row;
      this.values[length] = weight;
      length++;
    }
    const scale = 1 / Math.sqrt(squares + SHORT_TEXT);
    for (let at = 0; at < length; at++) this.values[at] = (this.values[at] ?? 0) * scale;
    return length;
  }
}

/** In place. */
export function softmax(logits: Float64Array): Float64Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < logits.length; index++) {
    highest = Math.max(highest, logits[index] ?? 0);
  }
  let sum = 0;
  for (let index = 0; index < logits.length; index++) {
    const power = Math.exp((logits[index] ?? 0) - highest);
    logits[index] = power;
    sum += power;
  }
  for (let index = 0; index < logits.length; index++) logits[index] = (logits[index] ?? 0) / sum;
  return logits;
}
