import { createInterface } from 'node:readline';
import { faultNames } from './control.ts';
import { parseOptions } from './options.ts';
import { startDemo } from './start-demo.ts';

const parsed = parseOptions(process.argv.slice(2));
if (parsed.kind === 'usage') {
  if (parsed.problem !== null) console.error(parsed.problem);
  console.log(parsed.usage);
  process.exit(parsed.problem === null ? 0 : 2);
}

const demo = await startDemo(parsed.options, (line) => console.log(line)).catch(
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
const seconds = 60 / parsed.options.speed;
console.log(`demo time        a minute of the failure policy takes ${String(seconds)} s`);
console.log(
  'to break things  npm run demo:break -- NAME, then npm run demo:heal; NAME and what it shows:',
);
console.log(faultNames(' '.repeat(17)));
for (const { person, url } of demo.playgrounds) console.log(`\nOpen as ${person.name}: ${url}`);
if (demo.playgrounds.length === 0) console.log(`\nThe bot listens at ${demo.botUrl}/api/messages`);

async function end(): Promise<void> {
  await demo.stop();
  process.exit(0);
}
process.once('SIGINT', () => void end());
process.once('SIGTERM', () => void end());
// The same commands as npm run demo:break, typed into this terminal.
createInterface({ input: process.stdin }).on('line', (line) => {
  void demo.control.run(line).then((answer) => console.log(answer));
});
