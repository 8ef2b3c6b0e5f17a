import { linesOf } from '../../bot/cli/lines-of.ts';
import type { Knowledge } from '../../services/knowledge/index.ts';
import { generateCases } from '../generated/generate-cases.ts';
import { logLine } from '../generated/noises/surroundings.ts';
import { seeded } from '../generated/random.ts';
import { longestBlock, millisecondsOf, timesOf } from './timing.ts';

const KILOBYTE = 1024;
const MEGABYTE = KILOBYTE * KILOBYTE;
const RUNS = 9;

/** Long and hostile texts: in one go as the command line reads them, and in turns as the chat does. */
export async function printLongTexts(knowledge: Knowledge): Promise<void> {
  const rows: Record<string, object> = {};
  for (const [name, text] of Object.entries(longTexts(knowledge))) {
    const first = millisecondsOf(() => knowledge.diagnoseNow(text));
    const times = Array.from({ length: RUNS }, () =>
      millisecondsOf(() => knowledge.diagnoseNow(text)),
    );
    const lines = await millisecondsThroughLines(knowledge, text);
    const block = await longestBlock(() => knowledge.diagnose(text));
    const { outcome, matches } = knowledge.diagnoseNow(text);
    rows[name] = {
      'first, ms': first.toFixed(1),
      'median, ms': timesOf(times).median.toFixed(1),
      'as a JSONL line, ms': lines.toFixed(1),
      'in chat, longest turn, ms': block.toFixed(1),
      answer: `${outcome} ${matches
        .map(({ topic }) => topic)
        .slice(0, 3)
        .join(' ')}`,
    };
  }
  console.log('\ndiagnose: long and adversarial texts');
  console.table(rows);
}

/** As `diagnose --jsonl` does, without the pipe. */
async function millisecondsThroughLines(knowledge: Knowledge, text: string): Promise<number> {
  const line = Buffer.from(`${JSON.stringify({ id: 'x', text })}\n`);
  const chunk = 64 * KILOBYTE;
  async function* stream(): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < line.length; from += chunk) yield line.subarray(from, from + chunk);
  }
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    for await (const read of linesOf(stream())) {
      const input = JSON.parse(read) as { readonly text: string };
      JSON.stringify(knowledge.diagnoseNow(input.text));
    }
    times.push(performance.now() - began);
  }
  return timesOf(times).median;
}

function longTexts(knowledge: Knowledge): Readonly<Record<string, string>> {
  const random = seeded('long texts');
  const generation = { seed: 'long', perNoise: 40, only: ['clean', 'code-alone', 'cut-end'] };
  const cases = generateCases(knowledge.articles(), generation);
  const pastes = cases.filter(({ kind, noise }) => kind === 'paste' && noise === 'clean');
  const alert =
    pastes.find(({ labels, lang }) => labels[0] === 'bad-credentials' && lang === 'en')?.text ??
    pastes[0]?.text ??
    '';
  const codes = cases.filter(({ noise }) => noise === 'code-alone').map(({ text }) => text);
  const vocabulary = [...new Set(pastes.flatMap(({ text }) => text.split(/\s+/)))];
  const log = (size: number): string => {
    let lines = '';
    while (lines.length < size) lines += `${logLine(random)}\n`;
    return lines;
  };
  const filled = (piece: string, size: number): string =>
    piece.repeat(Math.ceil(size / Math.max(1, piece.length))).slice(0, size);
  const shuffled = (size: number): string => {
    let text = '';
    while (text.length < size) text += `${random.pick(vocabulary)} `;
    return text;
  };
  return {
    '28 KB log with an alert': `${log(14 * KILOBYTE)}${alert}\n${log(14 * KILOBYTE)}`,
    '28 KB of alerts': filled(`${pastes.map(({ text }) => text).join('\n\n')}\n\n`, 28 * KILOBYTE),
    '1 MB log with an alert': `${log(MEGABYTE)}${alert}`,
    '1 MB of one alert': filled(`${alert} `, MEGABYTE),
    '100 KB of beginnings of an alert': filled(`${alert.slice(0, 60)} `, 100 * KILOBYTE),
    '50 000 × "a"': filled('a', 50_000),
    '50 000 × "a "': filled('a ', 100_000),
    '1 MB in one word': filled('xjqz', MEGABYTE),
    '100 KB of words of alerts': shuffled(100 * KILOBYTE),
    '28 KB of words of alerts': shuffled(28 * KILOBYTE),
    '100 KB of "<"': filled('<', 100 * KILOBYTE),
    '100 KB of "&"': filled('&amp', 100 * KILOBYTE),
    '100 KB of codes': filled(`${codes.join('\n')}\n`, 100 * KILOBYTE),
    '100 KB of hexadecimal numbers': filled('0x8005EFFF -2147040000 ', 100 * KILOBYTE),
    '100 KB of misspelt words': filled(
      'mailbxo recieved profiel ownre crednetials ',
      100 * KILOBYTE,
    ),
  };
}
