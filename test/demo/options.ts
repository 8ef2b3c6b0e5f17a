import { parseArgs } from 'node:util';
import { type DemoPerson, demoPeople, findPerson } from './people.ts';

export interface DemoOptions {
  readonly people: readonly DemoPerson[];
  readonly playground: boolean;
  /** How many times faster than real time the failure policy runs. */
  readonly speed: number;
  readonly port: number;
}

const MINUTE_MS = 60_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: MINUTE_MS };
const USAGE = `npm run demo -- [--as NAME]… [--minute 2s] [--port 3978] [--no-playground]
  --as NAME         a window for this person, may be repeated: ${demoPeople.map((one) => one.name.split(' ')[0]).join(', ')}
  --minute 2s       how long a minute of the failure policy takes (500ms, 2s, 1m)
  --port 3978       where the bot listens
  --no-playground   start the bot and its mail servers alone`;

export type ParsedOptions =
  | { readonly kind: 'options'; readonly options: DemoOptions }
  | { readonly kind: 'usage'; readonly problem: string | null; readonly usage: string };

export function parseOptions(args: readonly string[]): ParsedOptions {
  const wrong = (problem: string | null): ParsedOptions => ({
    kind: 'usage',
    problem,
    usage: USAGE,
  });
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        as: { type: 'string', multiple: true, default: ['Anna', 'Erik'] },
        minute: { type: 'string', default: '2s' },
        port: { type: 'string', default: '3978' },
        'no-playground': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  if (values.help === true) return wrong(null);
  const people: DemoPerson[] = [];
  for (const name of values.as as string[]) {
    const person = findPerson(name);
    if (person === undefined) return wrong(`there is nobody called ${name} in the demo`);
    people.push(person);
  }
  const minuteMs = durationMs(String(values.minute));
  if (minuteMs === null || minuteMs > MINUTE_MS)
    return wrong('--minute wants 1ms to 1m, such as 2s');
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return wrong('--port wants 0 to 65535');
  return {
    kind: 'options',
    options: {
      people,
      playground: values['no-playground'] !== true,
      speed: MINUTE_MS / minuteMs,
      port,
    },
  };
}

function durationMs(text: string): number | null {
  const [, digits, unit] = /^(\d{1,6})(ms|s|m)$/.exec(text) ?? [];
  const factor = UNITS[unit ?? ''];
  const amount = Number(digits);
  return factor === undefined || amount === 0 ? null : amount * factor;
}
