import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStaticDirectory } from '../../../services/directory/index.ts';
import type { UserId } from '../../../services/domain/ids.ts';

async function load(yaml: string) {
  const file = join(await mkdtemp(join(tmpdir(), 'people-')), 'people.yaml');
  await writeFile(file, yaml);
  return loadStaticDirectory(file);
}

const ANNA = 'aaaaaaaa-0000-4000-8000-000000000001' as UserId;

describe('static directory', () => {
  it('finds people by Entra object id whatever its letter case, and by role', async () => {
    const loaded = await load(`people:
  - { id: ${ANNA.toUpperCase()}, name: Anna, email: anna@contoso.example, roles: [system-administrator] }
`);
    expect(loaded.kind).toBe('loaded');
    if (loaded.kind !== 'loaded') return;
    expect(await loaded.directory.person(ANNA)).toMatchObject({ name: 'Anna' });
    expect(await loaded.directory.withRole('system-administrator')).toHaveLength(1);
    expect(await loaded.directory.withRole('global-administrator')).toEqual([]);
  });

  it('knows nobody that the file does not name', async () => {
    const loaded = await load(`people: [{ id: ${ANNA}, name: Anna, email: anna@contoso.example }]`);
    if (loaded.kind !== 'loaded') throw new Error('not loaded');
    expect(
      await loaded.directory.person('bbbbbbbb-0000-4000-8000-000000000001' as UserId),
    ).toBeUndefined();
  });

  it('lists every problem with its path', async () => {
    const loaded = await load(`people:
  - { id: nobody, name: Anna, email: anna@contoso.example }
  - { id: ${ANNA}, name: "", email: anna, roles: [king] }
`);
    expect(loaded.kind).toBe('invalid');
    if (loaded.kind !== 'invalid') return;
    expect(loaded.problems.map((one) => one.path)).toEqual([
      'people.0.id',
      'people.1.name',
      'people.1.email',
      'people.1.roles.0',
    ]);
  });

  it('says that a file is missing or is no YAML', async () => {
    expect(await loadStaticDirectory('/nowhere/people.yaml')).toMatchObject({ kind: 'invalid' });
    expect(await load('people: [')).toMatchObject({ kind: 'invalid' });
  });
});
