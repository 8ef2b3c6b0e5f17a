import type { Article, ArticleCode } from '../../../services/domain/article.ts';
import type { SpokenDirection } from '../../../services/domain/diagnosis.ts';
import type { Dice } from '../dice.ts';
import { chatLanguage } from '../lists/chat-sentences.ts';
import { type MakeCase, SILENT } from '../pasted.ts';
import { slotsOf, textOf } from '../piece.ts';
import { drawAlert } from '../rendered-alert.ts';
import { chatterLine, guid, stamp } from './technical.ts';

/** Alerts and the codes of other articles that Microsoft documents under their words (domain.md §2). */
const DOCUMENTED: readonly { wording: string; having: RegExp; codeOf: string; code: RegExp }[] = [
  { wording: 'gmail', having: /Make sure|Kontrollera/, codeOf: 'unauthorized-401', code: /401/ },
  {
    wording: 'gmail',
    having: /unknown error|okänt fel/i,
    codeOf: 'smtp-syntax-error',
    code: /Syntax/,
  },
  {
    wording: 'gmail',
    having: /Make sure|Kontrollera/,
    codeOf: 'exchange-quota-exceeded',
    code: /Quota/,
  },
  { wording: 'secure-connection', having: /./, codeOf: 'ews-forbidden', code: /Forbidden/ },
  { wording: 'secure-connection', having: /./, codeOf: 'secure-channel-failure', code: /Secure/ },
  { wording: 'act-retry-203', having: /./, codeOf: 'time-zone-383', code: /383/ },
  { wording: 'act-retry-203', having: /./, codeOf: 'item-conflict', code: /Conflict/ },
  {
    wording: 'connection-failed',
    having: /./,
    codeOf: 'exchange-mailbox-not-found-404',
    code: /404/,
  },
  {
    wording: 'general-mailbox-access-error',
    having: /./,
    codeOf: 'mailbox-not-enabled-for-rest',
    code: /NotEnabled/,
  },
  { wording: 'unknown-receive-error', having: /./, codeOf: 'team-without-role', code: /9462/ },
  { wording: 'unknown-receive-error', having: /./, codeOf: 'queue-owner-privileges', code: /0192/ },
  {
    wording: 'unknown-receive-error',
    having: /./,
    codeOf: 'mailbox-owner-not-licensed',
    code: /7669/,
  },
  {
    wording: 'unknown-receive-error',
    having: /./,
    codeOf: 'plugin-or-workflow-error',
    code: /-21472/,
  },
  {
    wording: 'unknown-receive-error',
    having: /./,
    codeOf: 'invalid-recipient-address',
    code: /8677/,
  },
  {
    wording: 'insufficient-privileges-act',
    having: /sufficient|tillräcklig/,
    codeOf: 'security-role-missing',
    code: /42f09/i,
  },
];

function codeLine(code: string, lang: string, dice: Dice): string {
  const label =
    chatLanguage(lang) === 'sv' && dice.chance(0.5)
      ? 'Felkod för e-postserver:'
      : 'Email Server Error Code:';
  const details = dice.chance(0.4)
    ? `\nT:${dice.between(10, 600)}\nActivityId: ${guid(dice)}\n>Error : System.Exception: request failed`
    : '';
  return `${label} ${code}${details}`;
}

/** A code that speaks of one direction belongs under alerts of that direction only. */
function agrees(code: string, direction: SpokenDirection | null): boolean {
  if (/Incoming/.test(code)) return direction === 'receive';
  if (/Outgoing/.test(code)) return direction === 'send';
  if (/ExchangeSync/.test(code)) return direction === 'act';
  return true;
}

const isAlertCode = ({ text }: ArticleCode): boolean => !/^[0-9A-F]{8}$/.test(text);

export const alertWithOwnCode: MakeCase = (dice, world) => {
  const coded = world.articles.filter(
    ({ codes, templates }) => templates.length > 0 && codes.some(isAlertCode),
  );
  const alert = drawAlert(dice, coded);
  const article = coded.find(({ id }) => (id as string) === alert.topic);
  const codes = article?.codes.filter(
    (code) => isAlertCode(code) && agrees(code.text, alert.direction),
  );
  if (codes === undefined || codes.length === 0) return null;
  const code = dice.pick(codes);
  return {
    ...SILENT,
    kind: 'paste',
    lang: alert.lang,
    text: `${textOf(alert.pieces)}\n${codeLine(code.text, alert.lang, dice)}`,
    labels: [alert.topic],
    slots: { [alert.topic]: slotsOf(alert.pieces) },
    direction: alert.direction,
    code: code.text,
  };
};

export const alertWithDecidingCode: MakeCase = (dice, world) => {
  const pair = dice.pick(DOCUMENTED);
  const wording = world.articles.find(({ id }) => (id as string) === pair.wording);
  const owner = world.articles.find(({ id }) => (id as string) === pair.codeOf);
  const codes = owner?.codes.filter(({ text }) => pair.code.test(text)) ?? [];
  if (wording === undefined || codes.length === 0) return null;
  const alert = drawAlert(dice, [wording], ({ text }) => pair.having.test(text));
  const code = dice.pick(codes);
  return {
    ...SILENT,
    kind: 'paste',
    lang: alert.lang,
    text: `${textOf(alert.pieces)}\n${codeLine(code.text, alert.lang, dice)}`,
    labels: [pair.codeOf],
    slots: { [pair.codeOf]: slotsOf(alert.pieces) },
    code: code.text,
  };
};

function spellings({ text, number, aliases }: ArticleCode): readonly string[] {
  if (number === undefined) return [text, ...aliases];
  const signed = String(Number.parseInt(number, 16) | 0);
  return [text, `0x${number}`, `0x${number.toLowerCase()}`, signed, number, ...aliases];
}

export const codeAlone: MakeCase = (dice, world) => {
  const coded: readonly Article[] = world.articles.filter(({ codes }) => codes.length > 0);
  const article = dice.pick(coded);
  const code = dice.pick(article.codes);
  const written = dice.pick(spellings(code));
  const text = dice.pick([
    () => written,
    () => `Email Server Error Code: ${written}`,
    () => `${written} ???`,
    () => `vad betyder ${written}`,
    () => `got error ${written} today`,
    () =>
      `{"error":{"code":"${written}","innererror":{"type":"System.ServiceModel.FaultException"}}}`,
    () => `${chatterLine(dice)}\n${stamp(dice)} ERROR ${written}\n${chatterLine(dice)}`,
    () => `ErrorCode : ${written}\nActivityId : ${guid(dice)}`,
    () => `<ErrorCode>${written}</ErrorCode>`,
  ])();
  return {
    ...SILENT,
    kind: 'paste',
    lang: 'en',
    text,
    labels: [article.id],
    code: code.text,
  };
};
