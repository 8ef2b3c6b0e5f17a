import { around, type Passage } from '../passage.ts';
import type { Random } from '../random.ts';
import { inJson } from './encoding.ts';
import type { Noise } from './noise.ts';

const OPENINGS: Readonly<Record<string, readonly string[]>> = {
  sv: [
    'Hej! Fick upp det här i morse:',
    'Någon som vet vad detta betyder?',
    'Hej hej, Elin på ekonomi skickade den här rutan till mig.',
    'Igen! Tredje gången den här veckan.',
    'Så här står det:',
    'Kan ni kolla på det här när ni hinner?',
    'Vidarebefordrar från Tuva:',
    'Se nedan.',
    'Hallå, är det nån som känner igen den här?',
    'Skärmen visar följande sedan lunch:',
    'Kopierat rakt av:',
    'Är det här farligt eller kan jag strunta i det?',
  ],
  en: [
    'Hi, got this one this morning:',
    'Anybody know what this means?',
    'Hello, a colleague in finance forwarded this box to me.',
    'Again! Third time this week.',
    'It says:',
    'Could you have a look when you have a minute?',
    'Forwarding this from Imogen:',
    'See below.',
    'Hey, does this ring a bell with anyone?',
    'The screen has been showing this since lunch:',
    'Copied as is:',
    'Is this serious or can I ignore it?',
  ],
};
const CLOSINGS: Readonly<Record<string, readonly string[]>> = {
  sv: [
    'Vad gör jag?',
    'Mvh\nSolveig\nNorrbygg AB\n0920-55 01 23',
    'Tack på förhand!',
    '??',
    'Det funkade i fredags.',
    'Hälsningar Viggo',
    '/Jörgen',
    'Ring mig gärna, 070-555 01 02.',
    'Skickat från min iPhone',
    'Bråttom :(',
  ],
  en: [
    'What should I do?',
    'Regards,\nGareth\nHarbour Freight Ltd\n+44 29 2018 0000',
    'Thanks in advance!',
    '??',
    'It worked on Friday.',
    'Cheers, Maeve',
    '- Nigel',
    'Call me on 0117 496 0100.',
    'Sent from my iPhone',
    'Urgent :(',
  ],
};
const MODULES = ['Scheduler', 'Cache', 'Telemetry', 'Auth', 'JobRunner', 'Indexer', 'Gateway'];
const EVENTS = [
  'heartbeat ok',
  'cache warmed, 118 entries',
  'token refreshed',
  'job 4411 finished in 92 ms',
  'slow query 1203 ms',
  'pool size 8, 2 busy',
  'configuration reloaded',
  'GC pause 14 ms',
  'lease renewed until 14:20',
  'retry 3 of 10',
  'session closed by client',
];
const FRAMES = [
  'Contoso.Sync.Worker.Run(Job job)',
  'Contoso.Sync.Pipeline.Step(Int32 index)',
  'System.Threading.ThreadPoolWorkQueue.Dispatch()',
  'Microsoft.Crm.Asynchronous.QueueManager.ProcessItem(Object state)',
  'System.Net.HttpWebRequest.GetResponse()',
];

export function chatter(kind: 'opening' | 'closing', lang: string, random: Random): string {
  const lines = kind === 'opening' ? OPENINGS : CLOSINGS;
  return random.pick(lines[lang] ?? lines['en'] ?? []);
}

/** Words of the person who pastes it, before and after. */
export const inChat: Noise = (passage, random, lang) => [
  ...(random.chance(0.85) ? [around(`${chatter('opening', lang, random)}\n\n`)] : []),
  ...passage,
  ...(random.chance(0.7) ? [around(`\n\n${chatter('closing', lang, random)}`)] : []),
];

export const inChatOfOtherLanguage: Noise = (passage, random, lang) =>
  inChat(passage, random, lang === 'sv' ? 'en' : 'sv');

export const inTicket: Noise = (passage, random, lang) => [
  around(`${ticketHead(random, lang)}\n`),
  ...passage,
  around(ticketFoot(random, lang)),
];

function ticketHead(random: Random, lang: string): string {
  const number = `INC${100_000 + random.below(900_000)}`;
  return lang === 'sv'
    ? `Ärende ${number}\nPrioritet: ${random.pick(['Låg', 'Normal', 'Hög'])}\nInkom: 2026-0${1 + random.below(9)}-14 08:${10 + random.below(49)}\nBeskrivning:`
    : `Ticket ${number}\nPriority: ${random.pick(['Low', 'Normal', 'High'])}\nOpened: 0${1 + random.below(9)}/14/2026 8:${10 + random.below(49)} AM\nDescription:`;
}

function ticketFoot(random: Random, lang: string): string {
  const team = random.pick(['Servicedesk 2', 'Team Blue', 'IT Nord']);
  return lang === 'sv'
    ? `\nTilldelad: ${team}\nStatus: Öppen`
    : `\nAssigned to: ${team}\nStatus: Open`;
}

export function logLine(random: Random): string {
  const two = (limit: number): string => String(random.below(limit)).padStart(2, '0');
  const time = `2026-0${1 + random.below(9)}-1${random.below(10)} ${two(24)}:${two(60)}:${two(60)},${100 + random.below(900)}`;
  const level = random.pick(['INFO ', 'DEBUG', 'WARN ', 'ERROR']);
  return `${time} [${random.below(40)}] ${level} ${random.pick(MODULES)} - ${random.pick(EVENTS)}`;
}

export function stackFrames(random: Random): string {
  return Array.from({ length: 2 + random.below(4) }, () => `   at ${random.pick(FRAMES)}`).join(
    '\n',
  );
}

function logLines(random: Random, characters: number): string {
  const lines: string[] = [];
  for (let length = 0; length < characters; length += lines.at(-1)?.length ?? 1) {
    lines.push(logLine(random));
  }
  return lines.join('\n');
}

/** A few lines of a log before and behind; the alert is one of its messages. */
export const inLog: Noise = (passage, random) => [
  around(
    `${logLines(random, 90 + random.below(200))}\n${logLine(random).split(' - ')[0] ?? ''} - `,
  ),
  ...passage,
  around(`\n${logLines(random, 90 + random.below(200))}`),
];

/** One message among four to six thousand characters. */
export const buriedInLog: Noise = (passage, random) => {
  const length = 4000 + random.below(2000);
  const before = Math.floor(length * random.next());
  const head: Passage = before > 100 ? [around(`${logLines(random, before)}\n`)] : [];
  return [
    ...head,
    around(`${logLine(random).split(' - ')[0] ?? ''} - `),
    ...passage,
    around(`\n${logLines(random, length - before)}`),
  ];
};

export const inStackTrace: Noise = (passage, random) => [
  around(
    `${random.pick(['System.InvalidOperationException', 'Microsoft.Crm.CrmException', 'Unhandled Exception'])}: `,
  ),
  ...passage,
  around(`\n${stackFrames(random)}`),
];

export const inJsonLog: Noise = (passage, random, lang) => [
  around(
    `{"level":"error","time":17${100_000_000 + random.below(900_000_000)},"source":"${random.pick(MODULES)}","message":"`,
  ),
  ...inJson(passage, random, lang),
  around(`","attempt":${random.below(9)},"host":"app-0${random.below(9)}"}`),
];

/** All of that with no alert in it. */
export function surroundingsAlone(random: Random, lang: string): string {
  const kind = random.below(6);
  if (kind === 0)
    return `${chatter('opening', lang, random)}\n\n${chatter('closing', lang, random)}`;
  if (kind === 1) return ticketHead(random, lang) + ticketFoot(random, lang);
  if (kind === 2) return logLines(random, 200 + random.below(900));
  if (kind === 3) return logLines(random, 4000 + random.below(2000));
  if (kind === 4)
    return `System.ArgumentException: Value was ${random.below(99)}.\n${stackFrames(random)}`;
  return `{"level":"info","message":"${random.pick(EVENTS)}","attempt":${random.below(9)}}`;
}
