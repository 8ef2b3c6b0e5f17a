import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8 } from 'fflate';
import { zip } from './zip.ts';

/** The parts of a Dataverse solution, as the import wants them: all at the top of the zip. */
const PARTS = ['[Content_Types].xml', 'solution.xml', 'customizations.xml'] as const;

/**
 * The least-privilege security role of the application user, as a solution to be imported into
 * Dynamics 365. Privileges whose names Microsoft does not publish are not in it, since an unknown
 * name would stop the import: `npm run doctor` names those that are missing, from Dynamics' own reply.
 */
export async function buildRole(folder: string): Promise<Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (const part of PARTS) {
    const text = await readFile(path.join(folder, part), 'utf8');
    // Line ends of a checkout make no difference.
    contents.set(part, strToU8(text.replaceAll('\r\n', '\n')));
  }
  return zip(contents);
}
