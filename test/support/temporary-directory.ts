import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFailed, onTestFinished } from 'vitest';

/** A directory of this test alone; kept, and its path printed, when the test fails. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mailbox-medic-'));
  let failed = false;
  onTestFailed(() => {
    failed = true;
    console.error(`the failed test's files are kept in ${directory}`);
  });
  onTestFinished(async () => {
    if (!failed) await rm(directory, { recursive: true, force: true });
  });
  return directory;
}
