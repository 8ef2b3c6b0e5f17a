import type { AppError } from '../../observability/index.ts';
import { WIRE_VERSION } from './wire-messages.ts';

/** Why an engine's answer is none, for whoever runs the bot; and whether it is worth asking again. */
export interface Refusal {
  readonly detail: string;
  readonly again: boolean;
  /** Other than that the engine cannot be reached. */
  readonly code?: AppError['code'];
}

/** By the status of the answer and the version that its sender speaks, if it says one. */
export function refusalOf(status: number, spoken: string | null): Refusal {
  if (status === 401 || status === 403) {
    return { detail: 'the engine does not accept ENGINE_KEY', again: false };
  }
  // A proxy before the engine speaks no version.
  if (status >= 500 || status === 429) return { detail: `answered ${status}`, again: true };
  if (spoken !== String(WIRE_VERSION)) {
    return { code: 'engine-version', detail: whichIsOlder(status, spoken), again: false };
  }
  switch (status) {
    case 423:
      return {
        code: 'engine-in-use',
        detail:
          'another bot hears the events of this engine, and an engine serves one bot: stop the ' +
          'other one (two minutes later this one is heard), or start an engine for each',
        again: false,
      };
    case 400:
    case 404:
      return {
        code: 'engine-version',
        detail: `answered ${status}: bring the bot and the engine to the same release`,
        again: false,
      };
    default:
      return { detail: `answered ${status}`, again: false };
  }
}

function whichIsOlder(status: number, spoken: string | null): string {
  const older = 'the engine is older than the bot: update the engine (npm run engine)';
  if (spoken === null) {
    return `answered ${status} without its version: ENGINE_URL leads elsewhere, or ${older}`;
  }
  return Number(spoken) > WIRE_VERSION ? 'the bot is older than the engine: update the bot' : older;
}
