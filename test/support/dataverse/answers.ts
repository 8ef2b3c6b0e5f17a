import type { Answer } from './inside.ts';
import type { Refusal } from './refusal.ts';

const JSON_TYPE = 'application/json; odata.metadata=minimal';

export const jsonAnswer = (
  value: unknown,
  headers: Answer['headers'] = {},
  status = 200,
): Answer => ({
  status,
  headers: { 'content-type': JSON_TYPE, 'odata-version': '4.0', ...headers },
  body: JSON.stringify(value),
});

export const emptyAnswer = (status: number, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'odata-version': '4.0', ...headers },
  body: '',
});

/** 401 comes from before the Web API and is not JSON. */
export function refusalAnswer({ status, code, message, headers }: Refusal): Answer {
  if (status === 401) {
    return { status, headers: { 'content-type': 'text/html', ...headers }, body: message };
  }
  return jsonAnswer({ error: { code, message } }, headers, status);
}

export const preferenceHeader = (applied: readonly string[]): Answer['headers'] =>
  applied.length === 0 ? {} : { 'preference-applied': applied.join(',') };
