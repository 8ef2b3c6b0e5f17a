import type { Assumption } from './assumption.ts';
import { BY_HAND } from './by-hand.ts';
import { changeTracking, expiredToken } from './changes.ts';
import { cloud } from './cloud.ts';
import { columns } from './columns.ts';
import { concurrency } from './concurrency.ts';
import { connectionAnswers, graphRoles } from './entra.ts';
import { NAMES } from './names.ts';
import { privilegeNames } from './privileges.ts';
import { annotations, limits, paging } from './reading.ts';
import { WAYS_TO_SIGN_IN } from './sign-in.ts';

/** The README's list of what is unproved, one by one. */
export const ASSUMPTIONS: readonly Assumption[] = [
  cloud,
  ...WAYS_TO_SIGN_IN,
  columns,
  ...NAMES,
  privilegeNames,
  changeTracking,
  expiredToken,
  paging,
  annotations,
  limits,
  concurrency,
  graphRoles,
  connectionAnswers,
  ...BY_HAND,
];
