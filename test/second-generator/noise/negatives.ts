import type { Made } from '../../generated/generated-case.ts';
import { AFTER, BEFORE } from '../lists/chat-sentences.ts';
import { person, personOrBox } from '../lists/names.ts';
import { type MakeCase, SILENT } from '../pasted.ts';
import { textOf } from '../piece.ts';
import { drawAlert } from '../rendered-alert.ts';
import { chatterLine, guid, stamp } from './technical.ts';

const negative = (lang: string, text: string): Made => ({
  ...SILENT,
  kind: 'negative',
  lang,
  text,
});

/** Alerts in the product's manner about things that no article documents. */
const OTHERS: readonly (readonly ['en' | 'sv', (name: string) => string])[] = [
  [
    'en',
    (name) =>
      `The sales territory ${name} could not be recalculated because the hierarchy contains a loop. The owner of the territory has been notified.`,
  ],
  [
    'en',
    (name) =>
      `Knowledge articles can't be published because the approval of ${name} is missing. The system will try again later.`,
  ],
  [
    'en',
    (name) =>
      `The connection reference ${name} has been disabled because its owner left the company. Assign a new owner and turn on the flow.`,
  ],
  [
    'en',
    (name) =>
      `Teams chats cannot be linked to the case of ${name} because the collaboration setting is turned off for this environment.`,
  ],
  [
    'en',
    (name) =>
      `The bulk delete job started by ${name} has been suspended because it exceeded the allowed run time.`,
  ],
  [
    'en',
    (name) =>
      `Audit logs can't be retrieved for the table ${name} because the retention period has ended.`,
  ],
  [
    'en',
    (name) =>
      `The customer journey ${name} has been stopped because its segment is empty. The owner of the journey has been notified.`,
  ],
  [
    'en',
    (name) =>
      `An error occurred while generating the document for ${name} from the Word template. The template has been deactivated.`,
  ],
  [
    'sv',
    (name) =>
      `Säljdistriktet ${name} kunde inte räknas om eftersom hierarkin innehåller en slinga. Distriktets ägare har underrättats.`,
  ],
  [
    'sv',
    (name) =>
      `Kunskapsartiklar kan inte publiceras eftersom godkännandet från ${name} saknas. Systemet försöker igen senare.`,
  ],
  [
    'sv',
    (name) =>
      `Anslutningsreferensen ${name} har inaktiverats eftersom ägaren har slutat. Tilldela en ny ägare och aktivera flödet.`,
  ],
  [
    'sv',
    (name) =>
      `Teams-chattar kan inte kopplas till ärendet för ${name} eftersom samarbete är avstängt i miljön.`,
  ],
  [
    'sv',
    (name) =>
      `Massborttagningen som startades av ${name} har pausats eftersom den överskred den tillåtna körtiden.`,
  ],
  [
    'sv',
    (name) =>
      `Granskningsloggar kan inte hämtas för tabellen ${name} eftersom lagringstiden har gått ut.`,
  ],
  [
    'sv',
    (name) =>
      `Kundresan ${name} har stoppats eftersom segmentet är tomt. Kundresans ägare har underrättats.`,
  ],
  [
    'sv',
    (name) =>
      `Ett fel inträffade när dokumentet för ${name} skulle skapas från Word-mallen. Mallen har inaktiverats.`,
  ],
];

export const undocumentedAlert: MakeCase = (dice) => {
  const [lang, write] = dice.pick(OTHERS);
  const text = write(personOrBox(dice));
  return negative(lang, dice.chance(0.3) ? `${dice.pick(BEFORE[lang])}\n${text}` : text);
};

export const chatOnly: MakeCase = (dice) => {
  const lang = dice.pick(['en', 'sv'] as const);
  const sentences = dice.shuffled([...BEFORE[lang], ...AFTER[lang]]);
  return negative(lang, sentences.slice(0, dice.between(1, 4)).join(dice.pick([' ', '\n'])));
};

export const logWithoutAlert: MakeCase = (dice) => {
  const lines = Array.from({ length: dice.between(3, 80) }, () => chatterLine(dice));
  return negative('en', lines.join('\n'));
};

const FOREIGN_ERRORS = [
  '0x80070005',
  '0x800A03EC',
  '0x80131500',
  '-2146232832',
  'ERR_CONNECTION_RESET',
  'AADSTS50076',
  'ORA-12154',
  'SQLSTATE 42S02',
  'HTTP 418',
  'EADDRINUSE',
  'NullReferenceException',
  'TF400813',
] as const;

export const foreignError: MakeCase = (dice) => {
  const code = dice.pick(FOREIGN_ERRORS);
  const text = dice.pick([
    () => code,
    () => `${stamp(dice)} ERROR ${code}`,
    () =>
      `System.Exception: ${code}\n   at Contoso.Billing.Invoice.Post(Guid id) in C:\\src\\Invoice.cs:line ${dice.between(1, 900)}`,
    () => JSON.stringify({ error: { code, requestId: guid(dice) } }),
    () => `vad betyder ${code}?`,
    () => `what is ${code}`,
  ])();
  return negative('en', text);
};

export const businessMail: MakeCase = (dice) => {
  const who = person(dice);
  const [lang, body] = dice.pick([
    [
      'sv',
      `Hej ${who},\n\nTack för offerten. Vi återkommer efter styrelsemötet den ${dice.between(1, 28)}:e.\n\nMvh\nInköp`,
    ],
    [
      'en',
      `Hi ${who},\n\nThe delivery arrived with two boxes missing. Please send a replacement before the ${dice.between(1, 28)}th.\n\nKind regards,\nWarehouse`,
    ],
    [
      'sv',
      `Från: ${who}\nSkickat: den 3 mars 2026 09:14\nTill: Alla\nÄmne: Kick-off\n\nGlöm inte att anmäla specialkost till ${who} senast fredag.`,
    ],
    [
      'en',
      `From: ${who}\nSent: Tuesday, March 3, 2026\nTo: Everyone\nSubject: Fire drill\n\nThe alarm will sound at 10. Use the stairs.`,
    ],
  ] as const);
  return negative(lang, body);
};

const FEW_WORDS = 18;

/** An alert's words in no order: nothing was said. */
export const wordSalad: MakeCase = (dice, world) => {
  const alert = drawAlert(dice, world.articles);
  const words = textOf(alert.pieces).split(/\s+/);
  // Few words in another order still say the same.
  if (words.length < FEW_WORDS) return null;
  return negative(alert.lang, dice.shuffled(words).join(' '));
};
