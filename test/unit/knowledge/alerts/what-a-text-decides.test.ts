import { describe, expect, it } from 'vitest';
import { article, recogniserOf } from './small-catalogue.ts';

const TAIL = 'The mailbox {mailbox} has been switched off and its owner has been told.';
const ARTICLES = [
  article('licence', {
    templates: [{ text: `Email cannot be received because the licence has run out. ${TAIL}` }],
    decoys: ['Email cannot be printed because the paper has run out at {mailbox}.'],
  }),
  article('password', {
    templates: [{ text: `Email cannot be received because the password is stale. ${TAIL}` }],
  }),
  article('certificate', {
    templates: [{ text: `Certificates for the mailbox {mailbox} were refused by the guard.` }],
  }),
];
const recognise = recogniserOf(ARTICLES);
const tail = TAIL.replace('{mailbox}', 'Anna Ek');

function topics(text: string): readonly string[] {
  const recognition = recognise(text);
  const matches = 'matches' in recognition ? recognition.matches : [];
  return [recognition.kind, ...matches.map(({ topic }): string => topic)];
}

describe('a text that was cut', () => {
  it('is the alert of which a telling word is left', () => {
    expect(topics('because the licence has run out. The mailb')).toEqual(['alerts', 'licence']);
  });

  it.each([
    ['its end', tail],
    ['a middle that shows its cut', `Email cannot be received because the … ${tail}`],
    ['a piece of its end', 'has been switched off and its owner has been told'],
  ])('is asked about where only what several have is left: %s', (_, text) => {
    const [kind, ...choices] = topics(text);
    expect(kind).toBe('ambiguous');
    expect(new Set(choices)).toEqual(new Set(['licence', 'password']));
  });

  it('shares out how sure it is among the choices', () => {
    const recognition = recognise(tail);
    const matches = recognition.kind === 'ambiguous' ? recognition.matches : [];
    const sum = matches.reduce((total, { confidence }) => total + confidence, 0);
    expect(sum).toBeCloseTo(1, 2);
  });

  it('is the only alert that has all of it, though a longer one begins alike', () => {
    const short = article('short', { templates: [{ text: 'The lamp of {mailbox} went out.' }] });
    const long = article('long', {
      templates: [{ text: 'The lamp of {mailbox} went out. Somebody must buy a new bulb today.' }],
    });
    const recognition = recogniserOf([...ARTICLES, short, long])('The lamp of Anna Ek went out.');
    expect(recognition).toMatchObject({ kind: 'alerts', matches: [{ topic: 'short' }] });
  });
});

describe('an alert with other words in the place of what it is about', () => {
  it('is none, and close to one', () => {
    const text = `Email cannot be received because a colleague paints the fence. ${tail}`;
    expect(recognise(text)).toMatchObject({ kind: 'nothing' });
  });

  it('is no name of a mailbox with a reason in it', () => {
    const text = 'Certificates for the mailbox Anna because nobody painted the fence were refused.';
    expect(topics(text)[0]).not.toBe('alerts');
  });

  it('is undocumented where a decoy has these words', () => {
    const text = 'Email cannot be printed because the paper has run out at Anna Ek.';
    expect(recognise(text)).toEqual({ kind: 'undocumented', near: 'licence' });
  });
});

describe('an article that does not answer', () => {
  const [licence, password, ...others] = ARTICLES;
  const documented = [licence, ...others].filter((one) => one !== undefined);
  const later = [password].filter((one) => one !== undefined);
  const answer = recogniserOf(documented, later);

  it('keeps its wording from being taken for another', () => {
    const text = `Email cannot be received because the password is stale. ${tail}`;
    expect(answer(text)).toEqual({ kind: 'undocumented', near: 'password' });
  });

  it('leaves what both have to the one that answers', () => {
    expect(answer(tail)).toMatchObject({ kind: 'alerts', matches: [{ topic: 'licence' }] });
  });

  it('is not found by its code', () => {
    const coded = article('coded', { codes: [{ text: 'LampFailure', number: '8005E220' }] });
    expect(recogniserOf(documented, [coded])('8005E220')).toMatchObject({ kind: 'nothing' });
  });
});

describe('an alert in a language without spaces', () => {
  it('is recognised with its names', () => {
    const zh = article('zh', {
      templates: [
        { lang: 'zh', text: '无法发送电子邮件“{subject}”。请检查邮箱 {mailbox} 的密码是否正确。' },
      ],
    });
    const recognition = recogniserOf([zh])(
      '你好:无法发送电子邮件“Offert Q3”。请检查邮箱 Anna Ek 的密码是否正确。',
    );
    expect(recognition).toMatchObject({
      kind: 'alerts',
      matches: [{ topic: 'zh', slots: { subject: 'Offert Q3', mailbox: 'Anna Ek' } }],
    });
  });
});

describe('a value that nothing is done with', () => {
  it('may be anything and is kept nowhere', () => {
    const any = article('any', {
      templates: [{ text: 'Painter {*} left the wall of {mailbox} unfinished.' }],
    });
    const recognition = recogniserOf([any])(
      'Painter Vincent the Third left the wall of Bo unfinished.',
    );
    expect(recognition).toMatchObject({ kind: 'alerts', matches: [{ slots: { mailbox: 'Bo' } }] });
  });
});
