import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import type { Deployment } from '../../domain/organization.ts';
import { scan } from '../text/scan.ts';

/** What of an article a short text asks for. */
export type FollowUpAspect = 'who' | 'where' | 'why' | 'meaning' | 'steps' | 'duration' | 'sources';

export interface FollowUp {
  /** Null where only a deployment or a direction is named ("and on-premises?"). */
  readonly asks: FollowUpAspect | null;
  readonly deployment: Deployment | null;
  readonly direction: 'receive' | 'send' | 'act' | null;
}

const words = z.array(z.coerce.string().min(1));
const cues = z.record(z.enum(LANGUAGES), words);

/** The shape of data/questions/follow-ups.yaml. */
export const followUpsSchema = z.strictObject({
  asks: z.strictObject({
    who: cues,
    where: cues,
    why: cues,
    meaning: cues,
    steps: cues,
    duration: cues,
    sources: cues,
  }),
  deployments: z.strictObject({ online: cues, 'on-premises': cues }),
  directions: z.strictObject({ receive: cues, send: cues, act: cues }),
  light: cues,
});

export type FollowUps = z.infer<typeof followUpsSchema>;

const LONGEST = 12;

type Meaning =
  | { readonly kind: 'asks'; readonly asks: FollowUpAspect }
  | { readonly kind: 'deployment'; readonly deployment: Deployment }
  | { readonly kind: 'direction'; readonly direction: NonNullable<FollowUp['direction']> };

interface Cue {
  readonly words: readonly string[];
  /** The last word may go on. */
  readonly open: boolean;
  readonly meaning: Meaning;
}

/**
 * Whether a text asks on about the article that was just shown. It does when it is short and all of
 * it is cues and words that say nothing by themselves: any other word makes it a question of its own.
 */
export class FollowUpReader {
  /** By the letter that they begin with, the longest first. */
  private readonly cues = new Map<string, readonly Cue[]>();
  private readonly light: ReadonlySet<string>;

  constructor({ asks, deployments, directions, light }: FollowUps) {
    const all = [
      ...cuesOf(asks, (aspect) => ({ kind: 'asks', asks: aspect })),
      ...cuesOf(deployments, (deployment) => ({ kind: 'deployment', deployment })),
      ...cuesOf(directions, (direction) => ({ kind: 'direction', direction })),
    ].sort((a, b) => b.words.length - a.words.length);
    for (const cue of all) {
      const beginning = beginningOf(cue.words[0]);
      this.cues.set(beginning, [...(this.cues.get(beginning) ?? []), cue]);
    }
    this.light = new Set(LANGUAGES.flatMap((lang) => light[lang].flatMap(wordsOf)));
  }

  read(text: string): FollowUp | null {
    const said = wordsOf(text);
    if (said.length === 0 || said.length > LONGEST) return null;
    let asks: { readonly aspect: FollowUpAspect; readonly length: number } | null = null;
    let deployment: Deployment | null = null;
    let direction: FollowUp['direction'] = null;
    for (let index = 0; index < said.length; ) {
      const candidates = this.cues.get(beginningOf(said[index]));
      const cue = candidates?.find((one) => standsAt(one, said, index));
      if (cue === undefined) {
        if (!this.light.has(said[index] ?? '')) return null;
        index++;
        continue;
      }
      index += cue.words.length;
      const { meaning } = cue;
      if (meaning.kind === 'deployment') deployment = meaning.deployment;
      else if (meaning.kind === 'direction') direction = meaning.direction;
      // The most specific cue tells what is asked: "how long" rather than "how".
      else if (cue.words.length > (asks?.length ?? 0)) {
        asks = { aspect: meaning.asks, length: cue.words.length };
      }
    }
    if (asks === null && deployment === null && direction === null) return null;
    return { asks: asks?.aspect ?? null, deployment, direction };
  }
}

function cuesOf<Name extends string>(
  groups: Readonly<Record<Name, z.infer<typeof cues>>>,
  meaningOf: (name: Name) => Meaning,
): readonly Cue[] {
  return (Object.keys(groups) as Name[]).flatMap((name) =>
    LANGUAGES.flatMap((lang) =>
      groups[name][lang].map((cue) => ({
        words: wordsOf(cue),
        open: cue.endsWith('*'),
        meaning: meaningOf(name),
      })),
    ),
  );
}

function beginningOf(word: string | undefined): string {
  return word?.charAt(0) ?? '';
}

function standsAt({ words: cue, open }: Cue, said: readonly string[], index: number): boolean {
  return cue.every((word, offset) => {
    const there = said[index + offset];
    if (there === undefined) return false;
    return open && offset === cue.length - 1 ? there.startsWith(word) : there === word;
  });
}

function wordsOf(text: string): readonly string[] {
  return scan(text).words;
}
