import path from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { buildRole } from '../../../manifest/build-role.ts';
import { manifestFolder } from './manifest-folder.ts';

const unpacked = async () => {
  const files = unzipSync(await buildRole(path.join(manifestFolder, 'dynamics-role')));
  const read = (name: string) =>
    new DOMParser({
      onError: (_level, message) => {
        throw new SyntaxError(message);
      },
    }).parseFromString(strFromU8(files[name]!), 'text/xml');
  return { names: Object.keys(files), read };
};

describe('the security role of the application user', () => {
  it('is a solution of exactly that role', async () => {
    const { names, read } = await unpacked();
    expect(names).toEqual(['[Content_Types].xml', 'solution.xml', 'customizations.xml']);
    const roots = [...read('solution.xml').getElementsByTagName('RootComponent')];
    const roles = [...read('customizations.xml').getElementsByTagName('Role')];
    expect(roots.map((root) => [root.getAttribute('type'), root.getAttribute('id')])).toEqual([
      ['20', roles[0]?.getAttribute('id')],
    ]);
    expect(roles).toHaveLength(1);
  });

  it('reads, and can write nothing and approve nobody', async () => {
    const { read } = await unpacked();
    const privileges = [...read('customizations.xml').getElementsByTagName('RolePrivilege')];
    expect(privileges.length).toBeGreaterThan(0);
    for (const privilege of privileges) {
      expect(privilege.getAttribute('name')).toMatch(/^prvRead[A-Z]\w+$/);
      expect(privilege.getAttribute('level')).toBe('Global');
    }
  });

  it('is the same bytes each time', async () => {
    const folder = path.join(manifestFolder, 'dynamics-role');
    expect(await buildRole(folder)).toEqual(await buildRole(folder));
  });
});
