import type { Problem } from '../observability/index.ts';
import { problem, type Values } from './read-values.ts';

/** Values that the settings know and that nothing stands behind in this version. */
const NOT_YET = [['DIRECTORY', 'graph']] as const;

export function refuseWhatIsNotYet(values: Values, problems: Problem[]): void {
  for (const [name, value] of NOT_YET) {
    if (values[name] !== value) continue;
    problems.push(
      problem(name, `is ${value}`, `This comes in a later version: choose another ${name}.`),
    );
  }
}
