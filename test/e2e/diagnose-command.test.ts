import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../support/temporary-directory.ts';

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as `npm run diagnose` does, without npm's own lines. */
async function diagnose(args: readonly string[], input = ''): Promise<Ended> {
  const command = spawn(process.execPath, ['--import', 'tsx', 'bot/cli/diagnose.ts', ...args]);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  command.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  command.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  command.stdin.end(input);
  const status = await new Promise<number | null>((resolve) => command.once('close', resolve));
  return { status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

const ALERT =
  'Email cannot be received because the credentials specified in the associated email server ' +
  'profile are incorrect or have insufficient permissions for receiving email. The mailbox ' +
  'Köp & Sälj has been disabled for receiving email and the owner of the email server profile ' +
  'EX has been notified.';

describe('npm run diagnose', () => {
  it('tells a person what a text means, why, what to do, and where it is from', async () => {
    const { status, out, err } = await diagnose(['--lang', 'en', ALERT]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('bad-credentials');
    expect(out).toContain('Mailbox: Köp & Sälj');
    for (const part of [
      'What it means:',
      'Cause:',
      'What to do:',
      '  1. ',
      'Source:',
      'https://',
    ]) {
      expect(out).toContain(part);
    }
    expect(out).toMatch(/compared \d{4}-\d{2}-\d{2}/);
  });

  it('answers in the language that it is told, else in that of the text', async () => {
    expect((await diagnose(['--lang', 'sv', ALERT])).out).toContain('Vad det betyder:');
    expect((await diagnose([ALERT])).out).toContain('What it means:');
  });

  it('says that it abstains, and what the text is near', async () => {
    const small = await diagnose(['--lang', 'en', 'good', 'morning']);
    expect(small).toMatchObject({ status: 0 });
    expect(small.out).toContain('I do not recognise this text');
    const near = await diagnose([
      '--lang',
      'en',
      'The data source cannot be refreshed because the credentials specified in the associated ' +
        'gateway connection are incorrect or have insufficient permissions. The owner of the ' +
        'dataset Sales has been notified.',
    ]);
    expect(near.out).toContain('It resembles this without being it:');
  });

  it('writes one line for each line, in order, with the keys that scripts rely on', async () => {
    const lines = [
      { id: 'a', text: ALERT },
      { id: 'b', text: 'hej' },
      { id: 'c', text: 'hej\u2028hej' },
      { id: 4, text: '' },
    ];
    const input = lines.map((line) => JSON.stringify(line)).join('\r\n');
    const { status, out, err } = await diagnose(['--jsonl', '-'], input);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(answers).toHaveLength(lines.length);
    expect(answers.slice(1)).toEqual([
      { id: 'b', outcome: 'none', lang: 'sv', matches: [], near: null },
      { id: 'c', outcome: 'none', lang: 'sv', matches: [], near: null },
      { id: 4, outcome: 'none', lang: null, matches: [], near: null },
    ]);
    expect(out.split('\n')[0]).toMatch(
      /^\{"id":"a","outcome":"match","lang":"en","matches":\[\{"topic":"bad-credentials","confidence":(?:0\.\d+|1),"slots":\{"mailbox":"Köp & Sälj","profile":"EX"\},"direction":"receive","code":null\}\],"near":null\}$/,
    );
  });

  it('names bad lines, answers the others, and ends with status 1', async () => {
    const file = join(await temporaryDirectory(), 'lines.jsonl');
    await writeFile(
      file,
      '{"id":"a","text":"hej"}\nnot json\n{"id":"b"}\n\n{"id":"c","text":"ok"}',
    );
    const { status, out, err } = await diagnose(['--jsonl', file]);
    expect(status).toBe(1);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id),
    ).toEqual(['a', 'c']);
    expect(err).toContain('line 2:');
    expect(err).toContain('line 3:');
  });

  it('refuses a file that is not there, an unknown language and a missing text', async () => {
    const absent = await diagnose(['--jsonl', '/nowhere/lines.jsonl']);
    expect(absent).toMatchObject({ status: 1, out: '' });
    expect(absent.err).toContain('/nowhere/lines.jsonl');
    expect(await diagnose(['--lang', 'fi', 'hej'])).toMatchObject({ status: 2, out: '' });
    const nothing = await diagnose([]);
    expect(nothing.status).toBe(2);
    expect(nothing.err).toContain('Usage: diagnose');
  });
});
