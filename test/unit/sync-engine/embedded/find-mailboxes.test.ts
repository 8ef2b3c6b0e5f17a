import { describe, expect, it } from 'vitest';
import { createMailboxFinder } from '../../../../services/sync-engine/embedded/find-mailboxes.ts';
import { registryOf } from '../../../support/sync-registry.ts';

const [template] = registryOf().mailboxes.values();

function finder(...names: readonly (readonly [name: string, address: string])[]) {
  const find = createMailboxFinder(
    names.map(([name, address]) => ({ ...template!, name, address })),
  );
  return (text: string, limit = 10): string[] =>
    find(text, limit).map(({ registered, quality }) => `${quality} ${registered.address}`);
}

describe('finding a mailbox by what a person typed', () => {
  const find = finder(
    ['Anna Ek', 'anna.ek@contoso.test'],
    ['Åsa Öberg', 'asa.oberg@contoso.test'],
    ['Asa Oberg', 'asa2@contoso.test'],
    ['Kim Berg', 'kim1@contoso.test'],
    ['Kim Berg', 'kim2@contoso.test'],
  );

  it('takes name and address, whatever the case and the spaces', () => {
    expect(find('Anna Ek')).toEqual(['exact anna.ek@contoso.test']);
    expect(find('  anna   EK ')).toEqual(['exact anna.ek@contoso.test']);
    expect(find('ANNA.EK@contoso.test')).toEqual(['exact anna.ek@contoso.test']);
  });

  it('prefers the spelling as written to the one without accents', () => {
    expect(find('Åsa Öberg')[0]).toBe('exact asa.oberg@contoso.test');
    expect(find('Asa Oberg')).toEqual(['exact asa2@contoso.test', 'close asa.oberg@contoso.test']);
  });

  it('takes a name without its accents where nobody bears it so, also in decomposed form', () => {
    const one = finder(['Åsa Öberg', 'asa@contoso.test']);
    expect(one('asa oberg')).toEqual(['exact asa@contoso.test']);
    expect(one('Åsa Öberg'.normalize('NFD'))).toEqual(['exact asa@contoso.test']);
  });

  it('gives every mailbox that bears the name as exact', () => {
    expect(find('Kim Berg')).toEqual(['exact kim1@contoso.test', 'exact kim2@contoso.test']);
  });

  it('suggests close ones, best first, and not beyond the limit', () => {
    expect(find('Anna Eck')).toEqual(['close anna.ek@contoso.test']);
    expect(find('Kim')).toEqual(['close kim1@contoso.test', 'close kim2@contoso.test']);
    expect(find('Kim', 1)).toEqual(['close kim1@contoso.test']);
    expect(find('Berg')).toHaveLength(2);
  });

  it('finds nothing for strangers, for nothing, and for a text that is no name', () => {
    for (const text of ['Zlatan', '', ' ', 'a', 'Anna Ek '.repeat(100_000)]) {
      expect(find(text)).toEqual([]);
    }
  });
});
