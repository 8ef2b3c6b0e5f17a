import { type Features, isGram } from './features.ts';
import type { TrainingExample } from './linear-model.ts';

interface Posting {
  readonly example: number;
  readonly weight: number;
}

const NEAREST = 0.75;

/**
 * Which known question is a new one most like? Cosine over the same features, rare ones weighing
 * more. It generalises less than the linear model and is right where an example has the same words.
 */
export class ExampleIndex {
  private readonly postings = new Map<string, Posting[]>();
  private readonly rarity = new Map<string, number>();
  private readonly examples: readonly TrainingExample[];
  private readonly labels: number;
  private readonly unknownRarity: number;

  constructor(examples: readonly TrainingExample[], labels: number) {
    this.examples = examples;
    this.labels = labels;
    const frequency = new Map<string, number>();
    for (const { features } of examples) {
      for (const feature of features.keys()) {
        if (isGram(feature)) continue;
        frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
      }
    }
    for (const [feature, count] of frequency) {
      this.rarity.set(feature, Math.log(1 + examples.length / (count + 0.5)));
    }
    this.unknownRarity = Math.log(1 + examples.length) * 0.6;
    examples.forEach(({ features }, example) => {
      for (const [feature, weight] of this.weighted(features)) {
        const found = this.postings.get(feature);
        if (found) found.push({ example, weight });
        else this.postings.set(feature, [{ example, weight }]);
      }
    });
  }

  /** How like the most similar examples of each label, 0 to 1. */
  similarities(features: Features): Float64Array {
    const reached = new Float64Array(this.examples.length);
    for (const [feature, weight] of this.weighted(features)) {
      for (const posting of this.postings.get(feature) ?? []) {
        reached[posting.example] = (reached[posting.example] ?? 0) + weight * posting.weight;
      }
    }
    const best = new Float64Array(this.labels);
    const second = new Float64Array(this.labels);
    this.examples.forEach(({ label, weight }, example) => {
      const similarity = (reached[example] ?? 0) * weight;
      if (similarity > (best[label] ?? 0)) {
        second[label] = best[label] ?? 0;
        best[label] = similarity;
      } else if (similarity > (second[label] ?? 0)) second[label] = similarity;
    });
    return best.map(
      (similarity, label) => NEAREST * similarity + (1 - NEAREST) * (second[label] ?? 0),
    );
  }

  /** Words and concepts only: where the letters are alike the linear model says enough. */
  private weighted(features: Features): readonly (readonly [string, number])[] {
    const weighted: [string, number][] = [];
    let squares = 0;
    for (const [feature, value] of features) {
      if (isGram(feature)) continue;
      const weight = value * (this.rarity.get(feature) ?? this.unknownRarity);
      weighted.push([feature, weight]);
      squares += weight * weight;
    }
    const scale = 1 / Math.sqrt(squares || 1);
    for (const entry of weighted) entry[1] *= scale;
    return weighted;
  }
}
