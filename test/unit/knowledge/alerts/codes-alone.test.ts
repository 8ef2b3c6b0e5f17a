import { describe, expect, it } from 'vitest';
import { article, recogniserOf } from './small-catalogue.ts';

const recognise = recogniserOf([
  article('unapproved', {
    codes: [{ text: 'UnapprovedMailbox', number: '8005E220', aliases: ['Crm:8005E220'] }],
    templates: [{ text: 'Lamps cannot burn for the mailbox {mailbox} before noon.' }],
  }),
  article('no-role', { codes: [{ text: 'Crm.80042f09.UserNotAssignedRoles' }] }),
  article('unknown', { codes: [{ text: 'UnknownIncomingError' }] }),
  article('no-licence', { codes: [{ text: 'UnknownIncomingError -2147167669' }] }),
  article('forbidden', { codes: [{ text: 'Http server returned Forbidden exception.' }] }),
  article('duplicate', { codes: [{ text: 'Duplicate' }] }),
  article('shared-a', { codes: [{ text: 'SharedFault' }] }),
  article('shared-b', { codes: [{ text: 'SharedFault' }] }),
  article('approval-in', { codes: [{ text: 'IncomingApprovalNeeded' }] }),
]);

function found(text: string): readonly (readonly [string, string | null])[] {
  const recognition = recognise(text);
  if (recognition.kind !== 'alerts') return [];
  return recognition.matches.map(({ topic, code }) => [topic, code]);
}

describe('a code alone', () => {
  it.each([
    'UnapprovedMailbox',
    'unapprovedmailbox',
    'UnapprovedMailbox.',
    '8005E220',
    '8005e220',
    '0x8005E220',
    '0X8005e220',
    '-2147098080',
    '\u22122147098080',
    '2147869216',
    'Crm:8005E220',
    'What does 0x8005E220 mean?',
    '{"error":{"code":"0x8005e220","message":"x"}}',
    '{\\"errorCode\\":\\"\\u002d2147098080\\"}',
    '   at Microsoft.Crm.Platform.Send(Int32 id) 0x8005E220\n   at System.Main()',
    'https://contoso.crm4.dynamics.com/error?code=%2D2147098080&lang=1033',
    `${'10:00:01 INFO poll finished\n'.repeat(300)}10:00 ERROR 8005E220\n10:01 INFO done`,
  ])('is found as the article spells it: %j', (text) => {
    expect(found(text)).toEqual([['unapproved', 'UnapprovedMailbox']]);
  });

  it.each([
    ['a number that no article lists', 'order 8005E221 and 2147098081'],
    ['the beginning of an identifier', 'ActivityId: 8005e220-1c2d-4e5f-8a9b-001122334455'],
    ['ordinary words', 'we have a duplicate contact'],
    ['two words that the code has as one', 'an unapproved mailbox in our list'],
  ])('is not %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('is found by the number inside a longer spelling', () => {
    expect(found('0x80042F09')).toEqual([['no-role', 'Crm.80042f09.UserNotAssignedRoles']]);
    expect(found('-2147167669')).toEqual([['no-licence', 'UnknownIncomingError -2147167669']]);
  });

  it('is the longer one of two that begin alike', () => {
    expect(found('UnknownIncomingError -2147167669')).toEqual([
      ['no-licence', 'UnknownIncomingError -2147167669'],
    ]);
    expect(found('UnknownIncomingError')).toEqual([['unknown', 'UnknownIncomingError']]);
  });

  it('yields to the one that says more, wherever in a dump that stands', () => {
    const dump = '{"name":"UnknownIncomingError","hresult":"-2147167669"}';
    expect(found(dump).map(([topic]) => topic)).toEqual(['no-licence']);
  });

  it('is an everyday word only where it is all there is, or named as a code', () => {
    expect(found('Duplicate')).toEqual([['duplicate', 'Duplicate']]);
    expect(found('Email Server Error Code: Duplicate')).toEqual([['duplicate', 'Duplicate']]);
  });

  it('may have a letter wrong behind its label, and no digit', () => {
    expect(found('Email Server Error Code: IncomingAprovalNeeded')).toEqual([
      ['approval-in', 'IncomingApprovalNeeded'],
    ]);
    expect(found('Email Server Error Code: UnknownIncomingErorr -2147167668')).not.toContainEqual([
      'no-licence',
      'UnknownIncomingError -2147167669',
    ]);
  });

  it('asks where several articles list it', () => {
    const recognition = recognise('SharedFault');
    expect(recognition).toMatchObject({
      kind: 'ambiguous',
      matches: [{ topic: 'shared-a' }, { topic: 'shared-b' }],
    });
  });

  it('speaks of the direction that its name or its article tells', () => {
    const directionOf = (text: string): unknown => {
      const recognition = recognise(text);
      return recognition.kind === 'alerts' ? recognition.matches[0]?.direction : undefined;
    };
    expect(directionOf('IncomingApprovalNeeded')).toBe('receive');
    expect(directionOf('8005E220')).toBe('receive');
    expect(directionOf('Http server returned Forbidden exception')).toBeNull();
  });
});
