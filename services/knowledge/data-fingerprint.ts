import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Raise it when features or training change: what was built before no longer fits. */
const ALGORITHM = 4;
const FOLDERS = ['knowledge', 'questions'];
const READ = /\.(?:yaml|json)$/;

/** Tells whether what was built still fits: of every byte that knowledge is made from. */
export async function dataFingerprint(dataDirectory: string): Promise<string> {
  const hash = createHash('sha256').update(String(ALGORITHM));
  for (const folder of FOLDERS) {
    const directory = join(dataDirectory, folder);
    const names = (await readdir(directory)).filter((name) => READ.test(name)).sort();
    const contents = await Promise.all(names.map((name) => readFile(join(directory, name))));
    names.forEach((name, index) => {
      hash.update(`${folder}/${name}\0`).update(contents[index] ?? '');
    });
  }
  return hash.digest('hex');
}
