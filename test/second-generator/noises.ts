import { chatAround, gridRow, inSentence, ticket } from './noise/around.ts';
import { alertWithDecidingCode, alertWithOwnCode, codeAlone } from './noise/codes.ts';
import { cutBothEnds, cutEnd, cutMiddle, cutStart } from './noise/cut.ts';
import { outlookHtml, teamsHtml } from './noise/html.ts';
import { lowered, randomCase, shouted, spelledOut, withoutDiacritics } from './noise/letters.ts';
import { forwardedMail, quotedReply, wrappedLines } from './noise/mail.ts';
import { markdown } from './noise/markdown.ts';
import { doubleUtf8, lettersLost, readAsCp437 } from './noise/mojibake.ts';
import {
  businessMail,
  chatOnly,
  foreignError,
  logWithoutAlert,
  undocumentedAlert,
  wordSalad,
} from './noise/negatives.ts';
import { copiedFromDocs, plain } from './noise/plain.ts';
import { scanned, scannedColumn } from './noise/scanned.ts';
import { sameTwice, twoAlerts } from './noise/several.ts';
import { csv, json, logLine, longLog, powershell, stackTrace } from './noise/technical.ts';
import { decomposed, invisible, wordProcessor } from './noise/typography.ts';
import { typosFew, typosMany } from './noise/typos.ts';
import { rewordedSome, tailFirst, wordsLost } from './noise/wording.ts';
import type { MakeCase } from './pasted.ts';

export const NOISES: Readonly<Record<string, MakeCase>> = {
  plain,
  'copied-from-docs': copiedFromDocs,
  'cut-end': cutEnd,
  'cut-start': cutStart,
  'cut-middle': cutMiddle,
  'cut-both-ends': cutBothEnds,
  'typos-few': typosFew,
  'typos-many': typosMany,
  scanned,
  'scanned-column': scannedColumn,
  shouted,
  lowered,
  'random-case': randomCase,
  'without-diacritics': withoutDiacritics,
  'spelled-out': spelledOut,
  decomposed,
  'double-utf8': doubleUtf8,
  'read-as-cp437': readAsCp437,
  'letters-lost': lettersLost,
  'word-processor': wordProcessor,
  invisible,
  'outlook-html': outlookHtml,
  'teams-html': teamsHtml,
  markdown,
  'wrapped-lines': wrappedLines,
  'quoted-reply': quotedReply,
  'forwarded-mail': forwardedMail,
  'chat-around': chatAround,
  'in-sentence': inSentence,
  ticket,
  'grid-row': gridRow,
  json,
  'stack-trace': stackTrace,
  powershell,
  'log-line': logLine,
  'long-log': longLog,
  csv,
  'reworded-some': rewordedSome,
  'words-lost': wordsLost,
  'tail-first': tailFirst,
  'two-alerts': twoAlerts,
  'same-twice': sameTwice,
  'alert-with-own-code': alertWithOwnCode,
  'alert-with-deciding-code': alertWithDecidingCode,
  'code-alone': codeAlone,
  'undocumented-alert': undocumentedAlert,
  'chat-only': chatOnly,
  'log-without-alert': logWithoutAlert,
  'foreign-error': foreignError,
  'business-mail': businessMail,
  'word-salad': wordSalad,
};
