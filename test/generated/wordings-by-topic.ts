import type { Random } from './random.ts';
import type { Wording } from './renderings.ts';

/** Articles take turns, whatever the number of their wordings. */
export class WordingsByTopic {
  private readonly topics: readonly (readonly Wording[])[];

  constructor(wordings: readonly Wording[]) {
    const byTopic = new Map<string, Wording[]>();
    for (const wording of wordings) {
      byTopic.set(wording.topic, [...(byTopic.get(wording.topic) ?? []), wording]);
    }
    this.topics = [...byTopic.values()];
  }

  take(random: Random, turn: number): Wording {
    return random.pick(this.topics[turn % this.topics.length] ?? []);
  }
}
