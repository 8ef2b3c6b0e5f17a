import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildRole } from './build-role.ts';

const here = import.meta.dirname;
const out = path.resolve(
  process.argv[2] ?? path.join(here, '..', 'dist', 'mailbox-medic-dynamics-role.zip'),
);
const built = await buildRole(path.join(here, 'dynamics-role'));
await mkdir(path.dirname(out), { recursive: true });
await writeFile(out, built);
console.log(`${out}: ${built.length} bytes`);
console.log(`sha256 ${createHash('sha256').update(built).digest('hex')}`);
