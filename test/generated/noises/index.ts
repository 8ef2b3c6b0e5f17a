import {
  html,
  htmlSpans,
  invisible,
  markdown,
  mojibake,
  typographic,
  wrapped,
} from './encoding.ts';
import type { Noise } from './noise.ts';
import {
  buriedInLog,
  inChat,
  inChatOfOtherLanguage,
  inJsonLog,
  inLog,
  inStackTrace,
  inTicket,
} from './surroundings.ts';
import {
  ascii,
  lowerWithoutPunctuation,
  scanned,
  typingErrors,
  upper,
  wordingSwaps,
} from './typing.ts';

const after =
  (...noises: readonly Noise[]): Noise =>
  (passage, random, lang) =>
    noises.reduce((noised, noise) => noise(noised, random, lang), passage);

/** Everything that leaves the whole alert in the text; cuts are in cuts.ts. */
export const NOISES = {
  clean: after(),
  'typo-1.5%': typingErrors(0.015),
  'typo-3%': typingErrors(0.03),
  'typo-4.5%': typingErrors(0.045),
  ocr: scanned,
  upper,
  'lower-no-punctuation': lowerWithoutPunctuation,
  ascii,
  mojibake,
  typographic,
  invisible,
  html,
  'html-spans': htmlSpans,
  markdown,
  wrapped: wrapped(''),
  'quoted-wrapped': wrapped('> '),
  chat: inChat,
  'chat-other-language': inChatOfOtherLanguage,
  ticket: inTicket,
  log: inLog,
  'stack-trace': inStackTrace,
  json: inJsonLog,
  'buried-in-log': buriedInLog,
  'wording-swap': wordingSwaps,
  'swap+typo+chat': after(wordingSwaps, typingErrors(0.015), inChat),
  'typo+quoted+chat': after(typingErrors(0.02), wrapped('> '), inChat),
  'ascii+lower+chat': after(ascii, lowerWithoutPunctuation, inChat),
} as const satisfies Readonly<Record<string, Noise>>;
export type NoiseName = keyof typeof NOISES;
export type { Noise } from './noise.ts';
