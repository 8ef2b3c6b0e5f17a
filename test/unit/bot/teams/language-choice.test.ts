import type { Activity } from 'botbuilder';
import { describe, expect, it } from 'vitest';
import {
  chooseLanguage,
  chooseTimeZone,
  clientSettings,
} from '../../../../bot/teams/language-choice.ts';
import type { Preference } from '../../../../services/domain/conversation.ts';

const preference: Preference = {
  id: 'anna',
  language: null,
  clientLanguage: 'sv',
  timeZone: 'Asia/Tokyo',
};
const client = (locale: unknown, entity?: object): ReturnType<typeof clientSettings> =>
  clientSettings({ locale, entities: entity === undefined ? [] : [entity] } as unknown as Activity);

describe('the language of an answer', () => {
  it('is chosen in the order of the design', () => {
    const english = { language: 'en', timeZone: null } as const;
    expect(chooseLanguage({ ...preference, language: 'sv' }, 'en', english)).toBe('sv');
    expect(chooseLanguage(preference, 'sv', english)).toBe('sv');
    expect(chooseLanguage(preference, null, english)).toBe('en');
    expect(chooseLanguage(preference, null, null)).toBe('sv');
    expect(chooseLanguage(undefined, null, null)).toBe('en');
  });

  it.each([
    ['sv-SE', 'sv'],
    ['SV_se', 'sv'],
    ['en-GB', 'en'],
    ['nb-NO', null],
    ['', null],
    [7, null],
  ])('of a client in %s is %s', (locale, language) => {
    expect(client(locale).language).toBe(language);
  });

  it('is the client’s before the activity’s', () => {
    const info = { type: 'clientInfo', locale: 'sv-SE', timezone: 'Europe/Stockholm' };
    expect(client('en-US', info)).toEqual({ language: 'sv', timeZone: 'Europe/Stockholm' });
  });
});

describe('the time zone of an answer', () => {
  it('is the client’s, else the one it had last, else UTC', () => {
    expect(chooseTimeZone(preference, { language: null, timeZone: 'Europe/Stockholm' })).toBe(
      'Europe/Stockholm',
    );
    expect(chooseTimeZone(preference, null)).toBe('Asia/Tokyo');
    expect(chooseTimeZone(undefined, null)).toBe('UTC');
  });
});
