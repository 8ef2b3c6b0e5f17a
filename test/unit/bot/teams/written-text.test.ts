import type { Activity } from 'botbuilder';
import { describe, expect, it } from 'vitest';
import { htmlText } from '../../../../bot/teams/html-text.ts';
import { writtenText } from '../../../../bot/teams/written-text.ts';

const BOT = '28:bot';
const mention = (text: unknown, id = BOT): object => ({ type: 'mention', text, mentioned: { id } });

function written(text: unknown, entities: object[] = [], html?: string): string {
  return writtenText({
    text,
    recipient: { id: BOT },
    entities,
    attachments: html === undefined ? [] : [{ contentType: 'text/html', content: html }],
  } as unknown as Activity);
}

describe('what a person wrote', () => {
  it('is without the mentions of the bot, all of them', () => {
    const at = '<at>Mailbox Medic</at>';
    expect(written(`${at} status Anna ${at}`, [mention(at), mention(at)])).toBe('status Anna');
  });

  it('keeps the names of other people who are mentioned', () => {
    const entities = [mention('<at>Bot</at>'), mention('<at>Anna Ek</at>', '29:anna')];
    expect(written('<at>Bot</at> status <at>Anna Ek</at>', entities)).toBe('status Anna Ek');
  });

  it('keeps the name of somebody who is called like the bot', () => {
    expect(written('status <at>Bot</at>', [mention('<at>Bot</at>', '29:bot')])).toBe('status Bot');
  });

  it.each([
    ['no entities at all', '<at>Bot</at> help', []],
    ['an entity without its text', '<at id="0">Bot</at> help', [mention(undefined)]],
    ['an entity without whom', 'help', [{ type: 'mention', text: '<at>Bot</at>' }]],
  ])('survives %s', (_, text, entities) => {
    expect(written(text, entities)).toMatch(/help$/u);
  });

  it('has ordinary spaces, no invisible characters, and composed letters', () => {
    expect(written('\u00a0sta\u200btus\u202fA\u030asa\r\n')).toBe('status Åsa');
  });

  it('is empty where Teams sent no text', () => {
    expect(written(undefined)).toBe('');
    expect(written(null)).toBe('');
  });

  it('is taken from the HTML only where that says more', () => {
    expect(written('status Anna', [], '<p>status Anna</p>')).toBe('status Anna');
    expect(written('', [], '<table><tr><td>a</td><td>b &amp; c</td></tr></table>')).toBe('a b & c');
  });

  it('has no mention of the bot in its HTML form either', () => {
    const html =
      '<p><span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">Bot</span>&nbsp;one two three</p>';
    expect(written('<at>Bot</at>', [mention('<at>Bot</at>')], html)).toBe('one two three');
    const at = '<div><at id="0">Bot</at> one two <at id="1">Anna</at></div>';
    const entities = [mention('<at>Bot</at>'), mention('<at>Anna</at>', '29:anna')];
    expect(written('', entities, at)).toBe('one two Anna');
  });
});

describe('HTML as text', () => {
  const text = (html: string): string => htmlText(html, { leaveOut: () => false });

  it.each([
    ['a<br>b', 'a\nb'],
    ['5 < 6 &lt; 7', '5 < 6 < 7'],
    ['a<!-- comment -->b', 'ab'],
    ['no end <b', 'no end <b'],
    ['&aring;&auml;&ouml;', 'åäö'],
  ])('%s is %j', (html, expected) => {
    expect(text(html)).toBe(expected);
  });

  it('of hostile mark-up takes time in proportion to its length', () => {
    const hostile = '<'.repeat(500_000) + '<p '.repeat(100_000);
    expect(text(hostile).length).toBeLessThanOrEqual(hostile.length);
  });
});
