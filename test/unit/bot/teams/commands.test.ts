import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Commands, loadCommands } from '../../../../bot/teams/index.ts';
import { packageRoot } from '../../../../services/config/index.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const loaded = await loadCommands(join(packageRoot(), 'data'));
const commands = (loaded as { readonly commands: Commands }).commands;

describe('the words of commands', () => {
  it.each([
    ['help', 'help', ''],
    ['HJÄLP', 'help', ''],
    ['Hej!', 'help', ''],
    ['?', 'help', ''],
    ['/help', 'help', ''],
    ['mina  postlådor', 'my-mailboxes', ''],
    ['My mailboxes', 'my-mailboxes', ''],
    ['status Anna Ek', 'status', 'Anna Ek'],
    ['status “Anna Ek”', 'status', 'Anna Ek'],
    ['status för anna@contoso.test', 'status', 'anna@contoso.test'],
    ['testa Anna Ek', 'test', 'Anna Ek'],
    ['test & enable Anna Ek', 'test', 'Anna Ek'],
    ['godkänn Eva Holm', 'approve', 'Eva Holm'],
    ['godkänn e-post Eva Holm', 'approve', 'Eva Holm'],
    ['godkännanden', 'approvals', ''],
    ['utkorg Anna', 'outbox', 'Anna'],
    ['språk sv', 'language', 'sv'],
    ['language en', 'language', 'en'],
    ['status', 'status', ''],
  ])('%s is %s about “%s”', (text, command, argument) => {
    expect(commands.recognise(text)).toMatchObject({ command, argument });
  });

  it('keep the letters of a name as they were typed', () => {
    expect(commands.recognise('Status ÅSA Öberg')?.argument).toBe('ÅSA Öberg');
  });

  it.each([
    '',
    'statusless',
    'testing one two',
    'status\nanna',
    'hello world',
    `status ${'x'.repeat(400)}`,
  ])('are not found in “%s”', (text) => {
    expect(commands.recognise(text)).toBeNull();
  });

  it('tell the language where only one language has them', () => {
    expect(commands.recognise('mina postlådor')?.language).toBe('sv');
    expect(commands.recognise('my mailboxes')?.language).toBe('en');
    expect(commands.recognise('status Anna')?.language).toBeNull();
  });
});

describe('a mistyped command', () => {
  it.each([
    ['hlep', 'en', 'help'],
    ['hjäpl', 'sv', 'hjälp'],
    ['statsu Anna Ek', 'en', 'status Anna Ek'],
    ['mina postlådr', 'sv', 'mina postlådor'],
    ['aprove Eva Holm', 'en', 'approve Eva Holm'],
    ['godkän Eva Holm', 'sv', 'godkänn Eva Holm'],
  ] as const)('%s (%s) resembles “%s”', (typed, language, command) => {
    expect(commands.suggest(typed, language)).toEqual({ typed, command });
  });

  it.each(['what is the meaning of life', 'abc', 'Outlook crashes when I open it'])(
    'is not seen in “%s”',
    (typed) => {
      expect(commands.suggest(typed, 'en')).toBeNull();
    },
  );
});

describe('files of command words', () => {
  it('are refused together, each mistake with its place', async () => {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, 'commands'));
    await writeFile(join(directory, 'commands', 'en.yaml'), 'help: [help]\nfly: [fly]\n');
    const answer = await loadCommands(directory);
    const problems = answer.kind === 'invalid' ? answer.problems : [];
    expect(problems.map(({ where }) => where)).toContain('commands/en.yaml');
    expect(problems.map(({ where }) => where)).toContain('commands/sv.yaml');
    expect(problems.every(({ remedy }) => remedy !== '')).toBe(true);
  });

  it('are refused when one wording means two things', async () => {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, 'commands'));
    const all =
      'help: [help]\nmy-mailboxes: [mine]\napprovals: [asked]\nstatus: [help]\ntest: [test]\napprove: [ok]\noutbox: [out]\nlanguage: [tongue]\n';
    await writeFile(join(directory, 'commands', 'en.yaml'), all);
    await writeFile(join(directory, 'commands', 'sv.yaml'), all);
    const answer = await loadCommands(directory);
    expect(answer.kind).toBe('invalid');
  });
});
