/** A text search engine over the same articles. */
export interface Peer {
  readonly name: string;
  /** Topics, best first, each once; a higher score is better. */
  rank(text: string): readonly RankedTopic[];
}

export interface RankedTopic {
  readonly topic: string;
  readonly score: number;
}

/** Of several documents of one topic, the best one counts. */
export function bestByTopic(hits: Iterable<RankedTopic>): readonly RankedTopic[] {
  const best = new Map<string, number>();
  for (const { topic, score } of hits) {
    if (score > (best.get(topic) ?? Number.NEGATIVE_INFINITY)) best.set(topic, score);
  }
  return [...best]
    .map(([topic, score]) => ({ topic, score }))
    .sort((one, other) => other.score - one.score);
}
