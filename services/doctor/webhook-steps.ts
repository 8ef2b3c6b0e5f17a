import type { InspectedAnswer } from '../sync-engine/index.ts';
import type { Patient } from './patient.ts';

/** A step that posts to a webhook, as the Plug-in Registration tool leaves it behind. */
export interface WebhookStep {
  readonly url: URL | null;
  /** `Update`, `Create`, … */
  readonly message: string;
  readonly table: string;
  readonly isEnabled: boolean;
  readonly isAsynchronous: boolean;
  /** Without any, every change of the row posts. */
  readonly filteringAttributes: readonly string[];
}

export type WebhookSteps =
  | { readonly kind: 'steps'; readonly steps: readonly WebhookStep[] }
  | { readonly kind: 'refused'; readonly answer: InspectedAnswer };

type Row = Readonly<Record<string, unknown>>;

const WEBHOOKS = 'serviceendpoints?$select=serviceendpointid,url&$filter=contract eq 8';
const STEPS =
  'sdkmessageprocessingsteps?$select=filteringattributes,mode,statecode' +
  '&$expand=sdkmessageid($select=name),sdkmessagefilterid($select=primaryobjecttypecode)';
const ENABLED = 0;
const ASYNCHRONOUS = 1;

/** All of the organization's, ours and others'. */
export async function webhookSteps(patient: Patient, signal: AbortSignal): Promise<WebhookSteps> {
  const endpoints = await patient.get(WEBHOOKS, signal);
  if (endpoints.status !== 200) return { kind: 'refused', answer: endpoints };
  const steps: WebhookStep[] = [];
  for (const { serviceendpointid: id, url } of rowsIn(endpoints)) {
    const path = `${STEPS}&$filter=_eventhandler_value eq ${String(id)}`;
    const answer = await patient.get(path, signal);
    if (answer.status !== 200) return { kind: 'refused', answer };
    const target = typeof url === 'string' && URL.canParse(url) ? new URL(url) : null;
    steps.push(...rowsIn(answer).map((row) => stepOf(row, target)));
  }
  return { kind: 'steps', steps };
}

const rowsIn = ({ body }: InspectedAnswer): readonly Row[] =>
  Array.isArray(body.value) ? (body.value as Row[]) : [];

function stepOf(row: Row, url: URL | null): WebhookStep {
  const { filteringattributes: attributes, mode, statecode } = row;
  const named = typeof attributes === 'string' ? attributes.split(',') : [];
  return {
    url,
    message: nameIn(row.sdkmessageid, 'name'),
    table: nameIn(row.sdkmessagefilterid, 'primaryobjecttypecode'),
    isEnabled: statecode === ENABLED,
    isAsynchronous: mode === ASYNCHRONOUS,
    filteringAttributes: named.map((each) => each.trim()).filter((each) => each !== ''),
  };
}

function nameIn(row: unknown, column: string): string {
  const name = (row as Row | null | undefined)?.[column];
  return typeof name === 'string' ? name : '';
}
