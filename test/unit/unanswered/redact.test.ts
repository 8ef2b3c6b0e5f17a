import { describe, expect, it } from 'vitest';
import { LONGEST_KEPT, redact } from '../../../services/unanswered/redact.ts';

const words = new Set([
  'varför',
  'har',
  'brevlåda',
  'stannat',
  'exchange',
  'mail',
  'for',
  'the',
  'in',
]);
const redaction = {
  isKnownWord: (word: string) => words.has(word),
  isName: (word: string) => word === 'lundin',
};

describe('what is kept of an unanswered text', () => {
  it.each([
    [
      'an address',
      'Varför har erik.lundin+x@contoso.example stannat',
      'Varför har <address> stannat',
    ],
    ['a name, in capitals', 'mail for Åsa Öberg-Nyström', 'mail for <name>'],
    ['a known name, without capitals', 'varför har lundin stannat', 'varför har <name> stannat'],
    ['a host', 'mail in smtp.contoso.example', 'mail in <host>'],
    ['an address on the web', 'the https://contoso.example/a?b=c mail', 'the <url> mail'],
    ['an id', 'in 5f1c2a90-0c1d-4a77-9f5d-2b7f9e0a11c3', 'in <id>'],
    ['a telephone number', 'mail +46 70-123 45 67', 'mail <number>'],
    ['a name with digits', 'the kalle1984', 'the <number>'],
    ['an address with an apostrophe', "mail for o'brien@contoso.example", 'mail for <address>'],
    ['an address in other signs', 'mail for erik＠contoso.example', 'mail for <address>'],
    ['an address that is spelled out', 'mail for erik [at] contoso.example', 'mail for <address>'],
    ['a long address', `mail for ${'e'.repeat(90)}@contoso.example`, 'mail for <address>'],
    ['a host with Swedish letters', 'mail in åkeri-öberg.example', 'mail in <host>'],
    ['what stands behind a host', 'mail in contoso.example/users/erik', 'mail in <host>'],
    ['an account', String.raw`mail for contoso\eriklu`, 'mail for <account>'],
    ['a folder', 'mail in /home/eriklu/maildir', 'mail in <account>'],
    ['a mention', 'mail for @eriklu', 'mail for <account>'],
    ['an account without capitals', 'mail for erik_lu', 'mail for <name>'],
    ['a known name in the genitive', 'varför har lundins brevlåda', 'varför har <name> brevlåda'],
    ['a known name behind a hyphen', 'mail for berg-lundin', 'mail for <name>'],
    ['a name with an invisible mark', 'mail for lun\u200bdin', 'mail for <name>'],
    ['a name in a script without capitals', 'mail for 王小明', 'mail for <name>'],
    ['a name that is also a word', 'mail for Har Berg', 'mail for <name>'],
    ['what is quoted', 'mail "lönesamtal med kalle" in exchange', 'mail <quoted> in exchange'],
    [
      'a value',
      'Varför har mail stannat\nlösenord: sommar',
      'Varför har mail stannat lösenord: <name>',
    ],
    ['a day of birth', 'mail for 80011212', 'mail for <number>'],
  ])('has no longer %s', (_, text, kept) => {
    expect(redact(text, redaction)).toBe(kept);
  });

  it('has still the words of the product and error codes, which name nobody', () => {
    expect(redact('Varför har Exchange 0x8005E299 stannat -2147098080', redaction)).toBe(
      'Varför har Exchange 0x8005E299 stannat -2147098080',
    );
  });

  it('has still a label of the product in quotes', () => {
    expect(redact('Varför har "Exchange mail" stannat', redaction)).toBe(
      'Varför har "Exchange mail" stannat',
    );
  });

  it('is short, however long the text was', () => {
    expect(redact('mail in '.repeat(50_000), redaction).length).toBeLessThanOrEqual(LONGEST_KEPT);
    expect(redact('@'.repeat(100_000), redaction).length).toBeLessThanOrEqual(LONGEST_KEPT);
  });
});
