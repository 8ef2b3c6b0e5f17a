import type { Row, Values } from './row.ts';
import { DIRECTIONS, type Direction } from './trace-logs.ts';

const SUCCESS = 1;
const FAILURE = 2;
export const STATUS = { 'not-run': 0, success: SUCCESS, failure: FAILURE } as const;
export type Outcome = keyof typeof STATUS;

const METHOD = {
  incoming: { column: 'incomingemaildeliverymethod', serverSide: 2 },
  outgoing: { column: 'outgoingemaildeliverymethod', serverSide: 2 },
  act: { column: 'actdeliverymethod', serverSide: 1 },
} as const;

const COLUMNS = {
  incoming: { status: 'incomingemailstatus', enabled: 'enabledforincomingemail' },
  outgoing: { status: 'outgoingemailstatus', enabled: 'enabledforoutgoingemail' },
  act: { status: 'actstatus', enabled: 'enabledforact' },
} as const;

export const isConfigured = (mailbox: Row, direction: Direction): boolean =>
  mailbox.values[METHOD[direction].column] === METHOD[direction].serverSide;

export const resultOf = (direction: Direction, outcome: Outcome): Values => ({
  [COLUMNS[direction].status]: STATUS[outcome],
  [COLUMNS[direction].enabled]: outcome === 'success',
});

/** mailboxstatus: all directions as a whole. */
export function overall(values: Values): number {
  const statuses = DIRECTIONS.map((direction) => values[COLUMNS[direction].status]);
  if (statuses.includes(FAILURE)) return FAILURE;
  return statuses.includes(SUCCESS) ? SUCCESS : STATUS['not-run'];
}
