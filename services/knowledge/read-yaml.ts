import { parseDocument } from 'yaml';
import type { Problem } from '../observability/index.ts';

export type ReadYaml =
  | { readonly content: unknown }
  | { readonly faults: readonly Omit<Problem, 'where'>[] };

/** No article nests deeper than six; the parser takes minutes for what nests thousands deep. */
const DEEPEST = 30;
const WIDEST_INDENT = 100;
/** `- - - -` opens a level with each sign. */
const MANY_SIGNS = new RegExp(String.raw`(?:[-?:][ \t]+){${DEEPEST},}`, 'u');

/** YAML as somebody may have typed it: whatever it is, it is read in reasonable time and never throws. */
export function readYaml(source: string): ReadYaml {
  if (nestsTooDeep(source)) {
    const what = 'it nests deeper than any article';
    return { faults: [{ path: '', what, remedy: 'close the brackets, or indent less' }] };
  }
  const document = parseDocument(source, { prettyErrors: true });
  if (document.errors.length > 0) return { faults: document.errors.map(syntaxFault) };
  try {
    return { content: document.toJS() };
  } catch (thrown) {
    // Aliases that resolve to nothing, or to far too much, show only here.
    const what = thrown instanceof Error ? thrown.message : String(thrown);
    return { faults: [{ path: '', what, remedy: 'write the text out instead' }] };
  }
}

/** Counts brackets in texts, too: they come in pairs there as well. */
function nestsTooDeep(source: string): boolean {
  let depth = 0;
  for (const sign of source) {
    if (sign === '[' || sign === '{') depth++;
    else if ((sign === ']' || sign === '}') && depth > 0) depth--;
    if (depth > DEEPEST) return true;
  }
  return source
    .split('\n')
    .some((line) => line.search(/[^ ]/u) > WIDEST_INDENT || MANY_SIGNS.test(line));
}

function syntaxFault(error: {
  readonly message: string;
  readonly linePos?: readonly { line: number; col: number }[];
}): Omit<Problem, 'where'> {
  const start = error.linePos?.[0];
  return {
    path: start === undefined ? '' : `line ${start.line}, column ${start.col}`,
    what: error.message.split('\n')[0] ?? error.message,
    remedy: "correct the YAML; a text with ': ' or a leading quote needs quotes or '>-'",
  };
}
