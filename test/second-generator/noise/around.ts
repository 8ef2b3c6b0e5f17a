import { AFTER, BEFORE, chatLanguage } from '../lists/chat-sentences.ts';
import { fromText } from '../pasted.ts';

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

/** No line break, no full stop: the alert stands in the middle of somebody's sentence. */
export const inSentence = fromText((text, dice, alert) => {
  const bare = text.replace(/[.?!]\s*$/, '');
  return chatLanguage(alert.lang) === 'sv'
    ? `${dice.pick(['asså det står typ', 'kollegan fick', 'jag får hela tiden'])} ${dice.pick(['"', '', "'"])}${bare} ${dice.pick(['och jag fattar nada', 'vad gör man', 'sen inget mer', 'sen igår'])}`
    : `${dice.pick(['so it basically says', 'my colleague got', 'i keep getting'])} ${dice.pick(['"', '', "'"])}${bare} ${dice.pick(['and i dont get it', 'what to do', 'and then nothing', 'since yesterday'])}`;
});

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
