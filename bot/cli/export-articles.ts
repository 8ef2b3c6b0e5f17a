import { access, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../services/config/index.ts';
import { publishedArticles } from '../../services/editing/index.ts';
import { asAppError, createLog } from '../../services/observability/index.ts';
import { createTimerScheduler } from '../../services/scheduler/index.ts';
import { openFileStore } from '../../services/store/index.ts';

const USAGE = `Usage: export-articles DATA_DIR [--to FOLDER]
Writes what experts published in Teams as files (default: data/knowledge of this checkout).
The bot must not be running on DATA_DIR; a copy of the folder will do.
`;

// Articles that proved themselves in Teams go back into the repository, to be reviewed like any change.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { to: { type: 'string' } },
});
const [dataDirectory, ...others] = positionals;
if (dataDirectory === undefined || others.length > 0) {
  process.stderr.write(USAGE);
  process.exit(2);
}
const folder = resolve(values.to ?? join(packageRoot(), 'data', 'knowledge'));

try {
  await access(dataDirectory);
  await access(folder);
  const log = createLog();
  const clock = createTimerScheduler({ log });
  const store = await openFileStore({ directory: dataDirectory, log, clock });
  try {
    const published = await publishedArticles(store);
    for (const { file, source, revision } of published) {
      await writeFile(join(folder, file), source);
      process.stdout.write(`${join(folder, file)} (revision ${revision})\n`);
    }
    if (published.length === 0) process.stdout.write('No article was published in Teams.\n');
  } finally {
    await store.close();
  }
} catch (thrown) {
  const { code, detail } = asAppError(thrown);
  process.stderr.write(`${code}: ${detail}\n${USAGE}`);
  process.exitCode = 1;
}
