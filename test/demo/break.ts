import { readFile } from 'node:fs/promises';
import { CONTROL_FILE, CONTROL_HEADER } from './control.ts';

// `npm run demo:break -- NAME` and `npm run demo:heal`: tells the running demo.
const command = process.argv.slice(2).join(' ');
try {
  const url = await readFile(CONTROL_FILE, 'utf8');
  const response = await fetch(url, {
    method: 'POST',
    headers: { [CONTROL_HEADER]: 'yes' },
    body: command,
  });
  console.log(await response.text());
} catch {
  console.error('No demo is running in this folder. Start it with: npm run demo');
  process.exitCode = 1;
}
