import type { Dice } from '../dice.ts';
import { fromText } from '../pasted.ts';

const two = (number: number): string => String(number).padStart(2, '0');

export const guid = (dice: Dice): string =>
  [8, 4, 4, 4, 12]
    .map((length) =>
      Array.from({ length }, () => dice.pick(Array.from('0123456789abcdef'))).join(''),
    )
    .join('-');

export const stamp = (dice: Dice): string =>
  `2026-${two(dice.between(1, 12))}-${two(dice.between(1, 28))}T${two(dice.between(0, 23))}:${two(dice.between(0, 59))}:${two(dice.between(0, 59))}.${dice.between(100, 999)}Z`;

const CHATTER = [
  'Scheduler tick, 0 jobs due',
  'GET /api/health 200 in 3 ms',
  'Cache warmed: 1841 keys',
  'Plugin AccountNumberAssign finished in 41 ms',
  'Heartbeat ok',
  'Worker 7 idle',
  'Retention job removed 12 rows',
  'Session opened for user CONTOSO\\svc_web',
  'GC pause 18 ms',
  'Index contact_fullname rebuilt',
  'Feature flag nav.v2 evaluated: false',
  'License check ok',
] as const;

const LEVELS = ['INFO ', 'DEBUG', 'TRACE', 'INFO '] as const;

export const chatterLine = (dice: Dice): string =>
  `${stamp(dice)} [${dice.between(1, 40)}] ${dice.pick(LEVELS)} ${dice.pick(CHATTER)}`;

export const json = fromText((text, dice) => {
  const record = {
    '@odata.etag': `W/"${dice.between(100000, 999999)}"`,
    tracelogid: guid(dice),
    level: 3,
    text,
    createdon: stamp(dice),
    _regardingobjectid_value: guid(dice),
  };
  // Some writers escape every letter beyond ASCII.
  const written = JSON.stringify(record, null, dice.pick([0, 2]));
  return dice.chance(0.5)
    ? written.replace(
        /[\u0080-\uffff]/g,
        (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    : written;
});

export const stackTrace = fromText(
  (text, dice) =>
    `System.ApplicationException: ${text}\n   at Contoso.Mail.Watcher.Poll(Guid id) in C:\\src\\Watcher.cs:line ${dice.between(10, 400)}\n   at System.Threading.Tasks.Task.Execute()\n   --- End of stack trace from previous location ---\n   at Contoso.Host.Program.Main(String[] args)`,
);

export const powershell = fromText((text, dice) =>
  dice.chance(0.5)
    ? `PS C:\\Users\\helena> Get-CrmTrace -Last 1 | Format-List\n\nTraceLogId : ${guid(dice)}\nLevel      : Error\nText       : ${text}\nCreatedOn  : 2026-03-03 09:14:55\n\nPS C:\\Users\\helena> `
    : `Get-Trace : ${text}\nAt line:1 char:1\n+ Get-Trace -Last 1\n+ ~~~~~~~~~~~~~~~~~\n    + CategoryInfo          : NotSpecified: (:) [Get-Trace], Exception\n    + FullyQualifiedErrorId : Contoso.GetTrace`,
);

export const logLine = fromText((text, dice) => {
  const lines = [chatterLine(dice), `${stamp(dice)} [12] ERROR ${text}`, chatterLine(dice)];
  return lines.join(dice.pick(['\n', '\r\n']));
});

export const longLog = fromText((text, dice) => {
  const before = Array.from({ length: dice.between(60, 220) }, () => chatterLine(dice));
  const after = Array.from({ length: dice.between(20, 120) }, () => chatterLine(dice));
  return [...before, `${stamp(dice)} [3] ERROR ${text}`, ...after].join('\n');
});

export const csv = fromText(
  (text, dice) => `"createdon";"level";"text"\n"${stamp(dice)}";"3";"${text.replace(/"/g, '""')}"`,
);
