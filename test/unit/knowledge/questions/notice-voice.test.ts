import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lexiconSchema } from '../../../../services/knowledge/questions/lexicon.ts';
import { NoticeVoice } from '../../../../services/knowledge/questions/notice-voice.ts';
import { scan } from '../../../../services/knowledge/text/scan.ts';

const voice = new NoticeVoice(
  lexiconSchema.parse(parse(readFileSync('data/questions/lexicon.yaml', 'utf8'))),
);
const hears = (text: string): boolean => voice.hears(text, scan(text).words);

describe('the voice of a notice', () => {
  it.each([
    'The report could not be sent because the recipient is missing.',
    'Rapporten kunde inte skickas eftersom mottagaren saknas.',
    'The report could not be sent because the recipient was not found in the directory',
  ])('is heard in: %s', (text) => {
    expect(hears(text)).toBe(true);
  });

  it.each([
    'My report could not be sent because the recipient is missing.',
    'Varför kunde rapporten inte skickas till mottagaren.',
    'the report could not be sent because the recipient is missing.',
    'Could the report not be sent because the recipient is missing?',
    'Mailbox keeps dropping out every other day.',
    'Postlådan avstängd.',
    '',
  ])('is not heard where a person asks or complains: %j', (text) => {
    expect(hears(text)).toBe(false);
  });
});
