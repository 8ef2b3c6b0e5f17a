import { describe, expect, it } from 'vitest';
import { createMailboxFinder } from '../../../services/sync-engine/mailbox-finder.ts';

function finder(...names: readonly (readonly [name: string, address: string])[]) {
  const find = createMailboxFinder(names.map(([name, address]) => ({ name, address })));
  return async (text: string, limit = 10): Promise<string[]> =>
    (await find(text, limit)).map(({ mailbox, quality }) => `${quality} ${mailbox.address}`);
}

describe('finding a mailbox by what a person typed', () => {
  const find = finder(
    ['Anna Ek', 'anna.ek@contoso.test'],
    ['Åsa Öberg', 'asa.oberg@contoso.test'],
    ['Asa Oberg', 'asa2@contoso.test'],
    ['Kim Berg', 'kim1@contoso.test'],
    ['Kim Berg', 'kim2@contoso.test'],
  );

  it('takes name and address, whatever the case and the spaces', async () => {
    expect(await find('Anna Ek')).toEqual(['exact anna.ek@contoso.test']);
    expect(await find('  anna   EK ')).toEqual(['exact anna.ek@contoso.test']);
    expect(await find('ANNA.EK@contoso.test')).toEqual(['exact anna.ek@contoso.test']);
  });

  it('prefers the spelling as written to the one without accents', async () => {
    expect((await find('Åsa Öberg'))[0]).toBe('exact asa.oberg@contoso.test');
    expect(await find('Asa Oberg')).toEqual([
      'exact asa2@contoso.test',
      'close asa.oberg@contoso.test',
    ]);
  });

  it('takes a name without its accents where nobody bears it so, also in decomposed form', async () => {
    const one = finder(['Åsa Öberg', 'asa@contoso.test']);
    expect(await one('asa oberg')).toEqual(['exact asa@contoso.test']);
    expect(await one('Åsa Öberg'.normalize('NFD'))).toEqual(['exact asa@contoso.test']);
  });

  it('takes the typographic hyphens and apostrophes that Teams makes of typed ones', async () => {
    const one = finder(["Anna-Karin O'Hara", 'anna-karin@contoso.test']);
    expect(await one('Anna\u2013Karin O\u2019Hara')).toEqual(['exact anna-karin@contoso.test']);
  });

  it('gives every mailbox that bears the name as exact', async () => {
    expect(await find('Kim Berg')).toEqual(['exact kim1@contoso.test', 'exact kim2@contoso.test']);
  });

  it('suggests close ones, best first, and not beyond the limit', async () => {
    expect(await find('Anna Eck')).toEqual(['close anna.ek@contoso.test']);
    expect(await find('Kim')).toEqual(['close kim1@contoso.test', 'close kim2@contoso.test']);
    expect(await find('Kim', 1)).toEqual(['close kim1@contoso.test']);
    expect(await find('Berg')).toHaveLength(2);
  });

  it('finds nothing for strangers, for nothing, and for a text that is no name', async () => {
    for (const text of ['Zlatan', '', ' ', 'a', 'Anna Ek '.repeat(100_000)]) {
      expect(await find(text)).toEqual([]);
    }
  });
});
