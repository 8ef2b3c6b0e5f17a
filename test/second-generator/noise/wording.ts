import type { Dice } from '../dice.ts';
import { fromPieces } from '../pasted.ts';
import { mapWords, type Piece } from '../piece.ts';

type Swap = readonly [RegExp, readonly string[]];

/** What product generations and people who retell say instead. */
const SWAPS: Readonly<Record<'en' | 'sv', readonly Swap[]>> = {
  en: [
    [/\bcannot\b/g, ["can't", 'could not', 'can not']],
    [/\bcan't\b/g, ['cannot', 'could not']],
    [/\bdidn't\b/g, ['did not', 'didn’t']],
    [/\bdoesn't\b/g, ['does not']],
    [/\bOffice 365\b/g, ['Microsoft 365', 'M365', 'O365']],
    [/\bMicrosoft 365\b/g, ['Office 365', 'M365']],
    [/\bMicrosoft Dynamics 365\b/g, ['Dynamics 365', 'Microsoft Dynamics CRM', 'Dataverse']],
    [/\b([Ee])mail\b/g, ['$1-mail']],
    [/\bemail message\b/g, ['message', 'e-mail message']],
    [/\bsynchroniz/g, ['synchronis']],
    [/\bsynchronize\b/g, ['sync']],
    [/\bhas been\b/g, ['was', 'is']],
    [/\bhave been\b/g, ['were', 'are']],
    [/\boccurred\b/g, ['happened', 'was encountered']],
    [/\bincorrect\b/g, ['wrong', 'invalid']],
    [/\bnotified\b/g, ['informed']],
    [/\bassociated\b/g, ['related', 'linked']],
    [/\blicense\b/g, ['licence']],
    [/\binsufficient\b/g, ['not enough']],
  ],
  sv: [
    [/\bkan inte\b/g, ['kan ej', 'kunde inte', 'går inte att']],
    [/\bunderrättats\b/g, ['meddelats', 'informerats', 'aviserats']],
    [/\bmeddelats\b/g, ['underrättats', 'informerats']],
    [/\binaktiverats\b/g, ['avaktiverats', 'stängts av']],
    [/\b(E|e)-post(?!\p{L})/gu, ['$1post', '$1-mail']],
    [/\breferenser\b/g, ['autentiseringsuppgifter', 'inloggningsuppgifter']],
    [/\bautentiseringsuppgifter\b/g, ['inloggningsuppgifter', 'referenser']],
    [/\bkontaktpersoner\b/g, ['kontakter']],
    [/\bkontakter\b/g, ['kontaktpersoner']],
    [/\bOffice 365\b/g, ['Microsoft 365', 'M365']],
    [/\bMicrosoft 365\b/g, ['Office 365']],
    [/\bMicrosoft Dynamics 365\b/g, ['Dynamics 365', 'Dynamics CRM']],
    [/\binträffade\b/g, ['uppstod', 'inträffat']],
    [/\buppstod\b/g, ['inträffade']],
    [/\beftersom\b/g, ['då', 'på grund av att']],
    [/\bbehörighet\b/g, ['behörigheter', 'rättigheter']],
    [/\bassocierade\b/g, ['tillhörande', 'kopplade']],
    [/\bassocierad\b/g, ['tillhörande', 'kopplad']],
    [/\bmottagning\b/g, ['hämtning']],
  ],
};

function reworded(text: string, dice: Dice, lang: 'en' | 'sv', share: number): string {
  return SWAPS[lang].reduce(
    (words, [pattern, others]) =>
      dice.chance(share) ? words.replace(pattern, dice.pick(others)) : words,
    text,
  );
}

const spoken = ({ lang }: { readonly lang: string }): boolean => lang === 'en' || lang === 'sv';

/** Another generation's or a person's words in some places; the rest stands. */
export const rewordedSome = fromPieces((pieces, dice, alert) => {
  const lang = alert.lang === 'sv' ? 'sv' : 'en';
  const changed = mapWords(pieces, (text) => reworded(text, dice, lang, 0.5));
  return changed.every((piece, at) => piece.text === pieces[at]?.text) ? null : changed;
}, spoken);

/** A word lost here and there, as when somebody types off a screen. */
export const wordsLost = fromPieces((pieces, dice) =>
  mapWords(pieces, (text) =>
    text.replace(/ (?:\p{L}+)(?= )/gu, (word) => (dice.chance(0.06) ? '' : word)),
  ),
);

function sentencesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const sentences: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.slot !== undefined) {
      sentences.at(-1)?.push(piece);
      continue;
    }
    const parts = piece.text.split(/(?<=[.?!])\s+/);
    for (const [at, text] of parts.entries()) {
      if (at > 0) sentences.push([]);
      if (text !== '') sentences.at(-1)?.push({ text });
    }
  }
  return sentences.filter((sentence) => sentence.length > 0);
}

/** The tail first: as when an e-mail shows the newest line on top. */
export const tailFirst = fromPieces((pieces) => {
  const sentences = sentencesOf(pieces);
  const last = sentences.at(-1);
  if (last === undefined || sentences.length < 2) return null;
  return [last, ...sentences.slice(0, -1)].flatMap((sentence, at) =>
    at === 0 ? sentence : [{ text: ' ' }, ...sentence],
  );
});
