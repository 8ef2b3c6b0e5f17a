import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningDemo } from './running-demo.ts';
import type { Window } from './window.ts';

const LOG_FILE = join(import.meta.dirname, '../../../.demo/log.jsonl');
const LINES_OF_OUTPUT = 15;
const LINES_OF_LOG = 40;
const LINES_OF_WINDOW = 40;

/** That a text was never seen does not say why: what the demo did, and what stood there instead. */
export async function sayWhatWasSeen(
  demo: RunningDemo,
  windows: Readonly<Record<string, Window>>,
): Promise<void> {
  const parts = [
    ['the demo printed last', lastOf(demo.output.join('\n'), LINES_OF_OUTPUT)],
    ['its log ends with', lastOf(await readFile(LOG_FILE, 'utf8').catch(String), LINES_OF_LOG)],
  ];
  for (const [name, window] of Object.entries(windows)) {
    await window.screenshot(`failed-${name}`).catch(() => undefined);
    const text = await window.page.locator('body').innerText().catch(String);
    parts.push([`the window of ${name} ends with`, lastOf(text, LINES_OF_WINDOW)]);
  }
  for (const [what, text] of parts) console.error(`--- ${what}:\n${text ?? ''}`);
}

function lastOf(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
