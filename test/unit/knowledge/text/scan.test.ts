import { describe, expect, it } from 'vitest';
import {
  CUT,
  INSIDE,
  LINE,
  PARAGRAPH,
  SENTENCE,
  scan,
} from '../../../../services/knowledge/text/scan.ts';

const words = (text: string): readonly string[] => scan(text).words;

describe('a scanned text', () => {
  it.each([
    ['Postlådan är INAKTIVERAD', 'postladan ar inaktiverad'],
    ['Postla\u030adan', 'postladan'],
    ['Postl&aring;dan &auml;r &#246;ppen', 'postladan ar oppen'],
    ['postl&amp;aring;dan', 'postladan'],
    ['PostlÃ¥dan Ã¤r Ã¶ppen', 'postladan ar oppen'],
    ['synk\u00adroni\u200bserad', 'synkroniserad'],
    [
      'e-post e‑post e—post epost e post E-POST e-p0st',
      'epost epost epost epost epost epost epost',
    ],
    ["can't can’t can&#39;t", 'cant cant cant'],
    ['mai|box | table', 'mailbox table'],
    ['the mailboxKim Berg', 'the mailbox kim berg'],
    ['<p class="x">The <b>mail</b>box</p><br/>is', 'the mailbox is'],
    ['> **Alert** _here_', 'alert here'],
    ['order@contoso.se', 'order contoso se'],
    ['[Anna Ek](https://contoso.example/main.aspx?id=7) and [Bo]', 'anna ek and bo'],
    ['the e-po', 'the epo'],
    ['', ''],
    ['🚀 👩‍💻', ''],
  ])('reads %j as words that differ in nothing but meaning', (text, expected) => {
    expect(words(text).join(' ')).toBe(expected);
  });

  it('keeps a placeholder in angle brackets, which is no tag', () => {
    expect(words('mailbox <Mailbox Name> has')).toEqual(['mailbox', 'mailbox', 'name', 'has']);
  });

  it('reads on behind a tag that is never closed', () => {
    expect(words('<p the mailbox')).toEqual(['p', 'the', 'mailbox']);
  });

  it('knows where every word stood in the original', () => {
    const text = 'f&ouml;r <b>postl&aring;dan</b> Mårten';
    const { starts, ends } = scan(text);
    const spans = Array.from(starts, (start, index) => text.slice(start, ends[index]));
    expect(spans).toEqual(['f&ouml;r', 'postl&aring;dan', 'Mårten']);
  });

  it('tells sentences, lines, paragraphs and cuts apart', () => {
    const { edges } = scan('one two. Three\n> four\n>\n> five … six');
    expect([...edges]).toEqual([PARAGRAPH, INSIDE, SENTENCE, LINE, PARAGRAPH, CUT]);
  });

  it('sees no end of a sentence in an abbreviation, an address or a time', () => {
    const { edges } = scan('kl. 9.00 http://x.se/?a=1 10:30 resp. post');
    expect([...edges].slice(1)).not.toContain(SENTENCE);
  });

  it.each([
    'the mailb … owner',
    'the mailb…owner',
    'the mailb...owner',
    'the mailb [snip] owner',
    'the mailb [klipp] owner',
  ])('shows where something was cut out: %s', (text) => {
    const tokens = scan(text);
    expect(tokens.words).toEqual(['the', 'mailb', 'owner']);
    expect(tokens.edges[2]).toBe(CUT);
  });
});
