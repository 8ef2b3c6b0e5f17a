import { describe, expect, it } from 'vitest';
import { article, recogniserOf } from './small-catalogue.ts';

const SAME = 'Email cannot be received for the mailbox {mailbox} because a secure lamp went out.';
const recognise = recogniserOf([
  article('kiosk', {
    templates: [{ text: SAME }],
    codes: [{ text: 'Web server returned LampFailure exception.' }],
  }),
  article('forbidden', {
    codes: [{ text: 'Http server returned Forbidden exception.', number: '8005E300' }],
  }),
  article('shutter', {
    templates: [
      { text: 'Appointments were not painted because the shutter of {mailbox} is shut.' },
    ],
    codes: [{ text: 'ShutterClosed', message: 'The shutter {*} must be open before paint dries.' }],
  }),
]);
const alert = SAME.replace('{mailbox}', 'Anna Ek');
const shut = 'Appointments were not painted because the shutter of Bo Ek is shut.';

function found(text: string): readonly unknown[] {
  const recognition = recognise(text);
  if (recognition.kind !== 'alerts') return [recognition.kind];
  return recognition.matches.map(({ topic, code, slots }) => [topic, code, slots.mailbox ?? null]);
}

describe('a code with an alert', () => {
  it('moves the alert to the article that lists it, names and all', () => {
    expect(
      found(`${alert}\nEmail Server Error Code: Http server returned Forbidden exception`),
    ).toEqual([['forbidden', 'Http server returned Forbidden exception.', 'Anna Ek']]);
  });

  it('leaves the alert where its own article lists it', () => {
    expect(
      found(`${alert}\nEmail Server Error Code: Web server returned LampFailure exception`),
    ).toEqual([['kiosk', 'Web server returned LampFailure exception.', 'Anna Ek']]);
  });

  it('belongs to the alert in front of it', () => {
    expect(found(`${alert}\n0x8005E300\n\n${shut}`)).toEqual([
      ['forbidden', 'Http server returned Forbidden exception.', 'Anna Ek'],
      ['shutter', null, 'Bo Ek'],
    ]);
    expect(found(`${alert}\n\n${shut}\nShutterClosed`)).toEqual([
      ['kiosk', null, 'Anna Ek'],
      ['shutter', 'ShutterClosed', 'Bo Ek'],
    ]);
  });

  it('stands in front of its alert where the dump begins with codes', () => {
    const dump = [
      { code: '0x8005E300', text: alert },
      { code: 'ShutterClosed', text: shut },
    ];
    expect(found(JSON.stringify(dump))).toEqual([
      ['forbidden', 'Http server returned Forbidden exception.', 'Anna Ek'],
      ['shutter', 'ShutterClosed', 'Bo Ek'],
    ]);
  });

  it('is recognised by the message that is published for it', () => {
    expect(found('The shutter of the east wing must be open before paint dries.')).toEqual([
      ['shutter', 'ShutterClosed', null],
    ]);
  });

  it('has its message as a detail of the alert, not as an alert of its own', () => {
    const text = `${alert}\nThe shutter of the east wing must be open before paint dries.`;
    expect(found(text)).toHaveLength(1);
  });
});
