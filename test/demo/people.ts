import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export const PEOPLE_FILE = join(import.meta.dirname, 'people.yaml');

/** Read from the same file that the bot's directory reads. */
export const demoPeople: readonly DemoPerson[] = (
  parse(readFileSync(PEOPLE_FILE, 'utf8')) as { people: DemoPerson[] }
).people;

/** By first name or whole name, in any letter case. */
export function findPerson(name: string): DemoPerson | undefined {
  const wanted = name.toLowerCase();
  return demoPeople.find(
    (person) =>
      person.name.toLowerCase() === wanted || person.name.toLowerCase().split(' ')[0] === wanted,
  );
}
