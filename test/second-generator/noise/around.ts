import { AFTER, BEFORE, chatLanguage } from '../lists/chat-sentences.ts';
import { fromText, type MakeCase, whole } from '../pasted.ts';
import { slotsOf, textOf } from '../piece.ts';
import { drawAlert } from '../rendered-alert.ts';

/** In the sentence of a person: before, after, or both; sometimes in the other language. */
export const chatAround = fromText((text, dice, alert) => {
  const own = chatLanguage(alert.lang);
  const lang = dice.chance(0.25) ? (own === 'sv' ? 'en' : 'sv') : own;
  const before = dice.pick(BEFORE[lang]);
  const after = dice.pick(AFTER[lang]);
  const gap = dice.pick(['\n', '\n\n', ' ']);
  const form = dice.next();
  if (form < 0.35) return `${before}${gap}${text}`;
  if (form < 0.55) return `${text}${gap}${after}`;
  return `${before}${gap}${text}${gap}${after}`;
});

const SAYS = {
  en: {
    before: ['so it basically says', 'my colleague got', 'i keep getting', 'why do i see'],
    after: ['and i dont get it', 'what to do', 'and then nothing', 'since yesterday'],
  },
  sv: {
    before: ['asså det står typ', 'kollegan fick', 'jag får hela tiden', 'varför ser jag'],
    after: ['och jag fattar nada', 'vad gör man', 'sen inget mer', 'sen igår'],
  },
} as const;

/**
 * No line break, no full stop: the alert stands in the middle of somebody's sentence. Without a
 * quotation mark nobody can say where a name at the end stops, so it is not compared.
 */
export const inSentence: MakeCase = (dice, world) => {
  const alert = drawAlert(dice, world.articles);
  const bare = textOf(alert.pieces).replace(/[.?!]\s*$/, '');
  const slots = slotsOf(alert.pieces);
  const mark = dice.pick(['"', '', "'"]);
  const open = Object.keys(slots).filter((slot) => mark === '' && bare.endsWith(slots[slot] ?? ''));
  const { before, after } = SAYS[chatLanguage(alert.lang)];
  const text = `${dice.pick(before)} ${mark}${bare}${mark} ${dice.pick(after)}`;
  return whole(world, alert, text, slots, open);
};

export const ticket = fromText((text, dice, alert) => {
  const number = dice.between(10000, 99999);
  return chatLanguage(alert.lang) === 'sv'
    ? `Ärende #${number}\nPrioritet: ${dice.pick(['Låg', 'Hög', 'Normal'])}\nAnmälare: Helena Berg, Innesälj\nKategori: CRM / e-post\nBeskrivning:\n${text}\nVidtagen åtgärd: omstart av datorn, ingen skillnad\nStatus: Tilldelad andra linjen`
    : `INC00${number} | P${dice.between(1, 4)} | Assigned to: 2nd line\nReported by: Helena Berg (Inside Sales)\nShort description: CRM mail issue\nDescription: ${text}\nWork notes: user restarted PC, no change.\nState: In Progress`;
});

/** A row out of a table: copied from a grid with tabs between the cells. */
export const gridRow = fromText((text, dice) => {
  const date = `2026-0${dice.between(1, 9)}-${dice.between(10, 28)} 0${dice.between(1, 9)}:${dice.between(10, 59)}`;
  return dice.chance(0.5)
    ? `Error\t${text}\t${date}\tOpen`
    : `Level\tMessage\tCreated On\nWarning\tThe import job has finished.\t${date}\nError\t${text}\t${date}`;
});
