import { parseArgs } from 'node:util';
import { canRunMailServers } from '../support/mail-server-programs.ts';
import { soakCrashes } from './crashes.ts';
import { soakSessions } from './sessions.ts';

// `npm run soak` runs all; `npm run soak -- sessions --minutes 2`, `npm run soak -- crashes` a part.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '10' } },
});
const SOAKS: Readonly<Record<string, () => Promise<boolean>>> = {
  crashes: soakCrashes,
  sessions: () => soakSessions(Number(values.minutes)),
};
if (!canRunMailServers()) process.exit(2);
for (const [name, soak] of Object.entries(SOAKS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n== ${name} ==`);
  const isWell = await soak();
  console.log(isWell ? 'well' : 'NOT WELL');
  if (!isWell) process.exitCode = 1;
}
