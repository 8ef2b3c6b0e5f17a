import type { GeneratedCase } from '../generated/generated-case.ts';
import { Dice } from './dice.ts';
import { NOISES } from './noises.ts';
import type { World } from './world.ts';

const TRIES_PER_CASE = 60;

/** `perNoise` different cases of each kind; the same seed and world give the same cases. */
export function* generateCases(
  world: World,
  perNoise: number,
  seed: string,
): Generator<GeneratedCase> {
  for (const [noise, make] of Object.entries(NOISES)) {
    let made = 0;
    const texts = new Set<string>();
    for (let turn = 0; made < perNoise && turn < perNoise * TRIES_PER_CASE; turn += 1) {
      const content = make(new Dice(`${seed}/${noise}/${turn}`), world);
      if (content === null || texts.has(content.text)) continue;
      texts.add(content.text);
      made += 1;
      yield { id: `g2-${noise}-${made}`, noise, ...content };
    }
  }
}
