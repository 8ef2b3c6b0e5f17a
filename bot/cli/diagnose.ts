import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { packageRoot } from '../../services/config/index.ts';
import type { Diagnosis } from '../../services/domain/diagnosis.ts';
import { isLanguage, type Language } from '../../services/domain/language.ts';
import { type Catalogue, type Knowledge, loadKnowledge } from '../../services/knowledge/index.ts';
import { diagnosisAsText } from './diagnosis-as-text.ts';
import { linesOf } from './lines-of.ts';

const USAGE = `Usage: diagnose [--lang sv|en] [--catalogue full|document] TEXT
       diagnose [--catalogue …] --jsonl FILE|-    one {"id","text"} a line in, one answer a line out
The catalogue 'document' answers from the headings of the document of 2017 only.
`;
const DONE = 0;
const FAILED = 1;
const MISUSED = 2;

const lineSchema = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

type Command =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly lang: Language | null;
      readonly catalogue: Catalogue;
    }
  | { readonly kind: 'jsonl'; readonly file: string; readonly catalogue: Catalogue }
  | { readonly kind: 'misuse'; readonly why: string };

/** An unknown option, a missing text and an unknown language are told with the usage. */
function commandOf(args: readonly string[]): Command {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (thrown) {
    return { kind: 'misuse', why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  const { lang, jsonl, catalogue = 'full' } = parsed.values;
  if (lang !== undefined && !isLanguage(lang)) {
    return { kind: 'misuse', why: `'${lang}' is no language; use sv or en` };
  }
  if (catalogue !== 'full' && catalogue !== 'document') {
    return { kind: 'misuse', why: `'${catalogue}' is no catalogue; use full or document` };
  }
  const text = parsed.positionals.join(' ');
  if (jsonl !== undefined) {
    if (text !== '') return { kind: 'misuse', why: 'give either a TEXT or --jsonl' };
    return { kind: 'jsonl', file: jsonl, catalogue };
  }
  if (text.trim() === '') return { kind: 'misuse', why: 'there is no TEXT' };
  return { kind: 'text', text, lang: lang ?? null, catalogue };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: withoutSignedOptions(args),
    allowPositionals: true,
    options: {
      lang: { type: 'string' },
      jsonl: { type: 'string' },
      catalogue: { type: 'string' },
    },
  });
}

/** `-2147098080` is a code and no option. */
function withoutSignedOptions(args: readonly string[]): string[] {
  const text = args.findIndex((arg) => arg === '--' || /^-[0-9]/.test(arg));
  if (text < 0 || args[text] === '--') return [...args];
  return [...args.slice(0, text), '--', ...args.slice(text)];
}

async function answerLines(knowledge: Knowledge, file: string): Promise<number> {
  const source = file === '-' ? process.stdin : createReadStream(file);
  let number = 0;
  let status = DONE;
  for await (const line of linesOf(source)) {
    number++;
    if (line.trim() === '') continue;
    const input = readLine(line);
    if (input === null) {
      process.stderr.write(`line ${number}: not a JSON object with "id" and "text"\n`);
      status = FAILED;
      continue;
    }
    const answer = lineOf(input.id, knowledge.diagnoseNow(input.text));
    if (!process.stdout.write(`${answer}\n`)) await once(process.stdout, 'drain');
  }
  return status;
}

function readLine(line: string): z.infer<typeof lineSchema> | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null;
  }
  return lineSchema.safeParse(json).data ?? null;
}

/** The keys of design.md §3, in its order: scripts rely on them. */
function lineOf(id: string | number, diagnosis: Diagnosis): string {
  const matches = diagnosis.matches.map(({ topic, confidence, slots, direction, code }) => ({
    topic,
    confidence,
    slots,
    direction,
    code,
  }));
  const { outcome, lang, near } = diagnosis;
  return JSON.stringify({ id, outcome, lang, matches, near });
}

async function main(args: readonly string[]): Promise<number> {
  const command = commandOf(args);
  if (command.kind === 'misuse') {
    process.stderr.write(`${command.why}\n${USAGE}`);
    return MISUSED;
  }
  const { catalogue } = command;
  const loaded = await loadKnowledge(join(packageRoot(), 'data'), { catalogue });
  if (loaded.kind === 'invalid') {
    for (const { where, path, what, remedy } of loaded.problems) {
      process.stderr.write(`${where} ${path}: ${what}; ${remedy}\n`);
    }
    return FAILED;
  }
  const { knowledge } = loaded;
  if (command.kind === 'jsonl') {
    try {
      return await answerLines(knowledge, command.file);
    } catch (thrown) {
      process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
      return FAILED;
    }
  }
  const diagnosis = await knowledge.diagnose(command.text);
  const lang = command.lang ?? diagnosis.lang ?? 'sv';
  process.stdout.write(diagnosisAsText(diagnosis, knowledge, lang));
  return DONE;
}

process.exitCode = await main(process.argv.slice(2));
