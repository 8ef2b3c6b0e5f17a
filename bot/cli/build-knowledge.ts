import { join } from 'node:path';
import { packageRoot } from '../../services/config/index.ts';
import { buildKnowledge } from '../../services/knowledge/index.ts';

const built = await buildKnowledge(join(packageRoot(), 'data'));
if (built.kind === 'invalid') {
  for (const { where, path, what, remedy } of built.problems) {
    process.stderr.write(`${where} ${path}: ${what}; ${remedy}\n`);
  }
  process.exitCode = 1;
} else {
  for (const file of built.files) process.stdout.write(`${file}\n`);
}
