const MOST = 256;

/**
 * For each element of a template that may have been read last: what has been read up to there. The
 * arrays are kept; `live` names the entries that count.
 */
export class ReadingStates {
  static readonly MOST = MOST;
  live: number[] = [];
  private readonly alive = new Uint8Array(MOST);
  /** Weight of the template's words that were read. */
  readonly weight = new Float64Array(MOST);
  readonly words = new Int32Array(MOST);
  readonly damaged = new Int32Array(MOST);
  /** Words read of a slot's value, and what they weigh if all of them are template words. */
  readonly run = new Int32Array(MOST);
  readonly name = new Float64Array(MOST);

  clear(): void {
    for (const state of this.live) this.alive[state] = 0;
    this.live = [];
  }

  /** From `state` of `before` (-1: nothing was read) to a word, unless a better way led there. */
  take(
    at: number,
    before: ReadingStates,
    state: number,
    weight: number,
    words: number,
    damaged = 0,
  ): void {
    this.takeIfBetter(at, before, state, weight, words, damaged);
  }

  takeSlot(
    at: number,
    before: ReadingStates,
    state: number,
    weight: number,
    run: number,
    name: number,
  ): void {
    if (!this.takeIfBetter(at, before, state, weight, 0, 0)) return;
    this.run[at] = run;
    this.name[at] = name;
  }

  private takeIfBetter(
    at: number,
    before: ReadingStates,
    state: number,
    weight: number,
    words: number,
    damaged: number,
  ): boolean {
    const reached = weight + (state < 0 ? 0 : (before.weight[state] ?? 0));
    if (this.alive[at] === 0) {
      this.alive[at] = 1;
      this.live.push(at);
    } else if ((this.weight[at] ?? 0) >= reached) return false;
    this.weight[at] = reached;
    this.words[at] = words + (state < 0 ? 0 : (before.words[state] ?? 0));
    this.damaged[at] = damaged + (state < 0 ? 0 : (before.damaged[state] ?? 0));
    this.run[at] = 0;
    this.name[at] = 0;
    return true;
  }
}
