import type { LoadedConfig } from '../config/index.ts';
import type { Examined } from './check.ts';

/** The first finding: without settings there is nobody to examine. */
export function settingsFound(loaded: LoadedConfig): Examined {
  const about = {
    id: 'settings',
    title: { en: 'Settings', sv: 'Inställningar' },
  };
  if (loaded.kind === 'loaded') {
    return { ...about, outcome: 'ok', found: { en: 'valid.', sv: 'giltiga.' } };
  }
  const what = loaded.problems.map(({ path, what }) => `${path} ${what}`).join(', ');
  const remedy = loaded.problems.map((each) => each.remedy).join('\n');
  return {
    ...about,
    outcome: 'failed',
    found: { en: `${what}.`, sv: `${what}.` },
    next: { en: remedy, sv: remedy },
  };
}
