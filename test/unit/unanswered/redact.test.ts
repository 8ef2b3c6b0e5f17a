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
  ])('has no longer %s', (_, text, kept) => {
    expect(redact(text, redaction)).toBe(kept);
  });

  it('has still the words of the product and error codes, which name nobody', () => {
    expect(redact('Varför har Exchange 0x8005E299 stannat -2147098080', redaction)).toBe(
      'Varför har Exchange 0x8005E299 stannat -2147098080',
    );
  });

  it('is short, however long the text was', () => {
    expect(redact('mail in '.repeat(50_000), redaction).length).toBeLessThanOrEqual(LONGEST_KEPT);
    expect(redact('@'.repeat(100_000), redaction).length).toBeLessThanOrEqual(LONGEST_KEPT);
  });
});
