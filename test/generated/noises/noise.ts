import type { Passage } from '../passage.ts';
import type { Random } from '../random.ts';

/** What happens to an alert between the screen it stood on and the chat it is pasted into. */
export type Noise = (passage: Passage, random: Random, lang: string) => Passage;
