import { badRequest, notInFake } from './refusal.ts';

export interface Preferences {
  readonly pageSize: number;
  readonly trackChanges: boolean;
  readonly returnRepresentation: boolean;
  readonly continueOnError: boolean;
  readonly annotates: (annotation: string) => boolean;
  readonly annotated: boolean;
  /** To be named in Preference-Applied. */
  readonly applied: readonly string[];
}

const LARGEST_PAGE = 5000;

const matches = (pattern: string, annotation: string): boolean =>
  pattern === '*' ||
  pattern === annotation ||
  (pattern.endsWith('*') && annotation.startsWith(pattern.slice(0, -1)));

function readPageSize(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw badRequest(`Invalid odata.maxpagesize '${value}'.`);
  return Math.min(Number(value), LARGEST_PAGE);
}

/** The Prefer header. A preference that the fake does not know is refused: a typing mistake is found. */
export function readPreferences(header: string): Preferences {
  const parts = header.match(/(?:[^,"]|"[^"]*")+/g) ?? [];
  let pageSize = LARGEST_PAGE;
  let patterns: readonly string[] = [];
  const flags = new Set<string>();
  const applied: string[] = [];
  for (const part of parts.map((each) => each.trim()).filter((each) => each !== '')) {
    const [name = '', ...rest] = part.split('=');
    const value = rest.join('=').replace(/^"|"$/g, '');
    if (name === 'odata.maxpagesize') pageSize = readPageSize(value);
    else if (name === 'odata.include-annotations') patterns = value.split(',').map((p) => p.trim());
    else if (
      ['odata.track-changes', 'odata.continue-on-error', 'return=representation'].includes(part)
    )
      flags.add(part);
    else throw notInFake(`the preference ${part}`);
    if (name !== 'odata.continue-on-error') applied.push(part);
  }
  return {
    pageSize,
    trackChanges: flags.has('odata.track-changes'),
    returnRepresentation: flags.has('return=representation'),
    continueOnError: flags.has('odata.continue-on-error'),
    annotates: (annotation) => patterns.some((pattern) => matches(pattern, annotation)),
    annotated: patterns.length > 0,
    applied,
  };
}
