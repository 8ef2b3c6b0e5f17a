import type { Problem } from '../services/observability/index.ts';

/** What manifest.json names as `${{NAME}}`, the notation of Microsoft 365 Agents Toolkit. */
export interface ManifestSettings {
  /** Application (client) id of the bot, the setting MicrosoftAppId. */
  readonly APP_ID: string;
  readonly APP_VERSION: string;
  readonly DEVELOPER_NAME: string;
  readonly WEBSITE_URL: string;
  readonly PRIVACY_URL: string;
  readonly TERMS_URL: string;
}

export interface FilledTemplate {
  readonly manifest: unknown;
  readonly problems: readonly Problem[];
}

/** Fills the strings of the parsed template, not its text: a quote in a value cannot break the JSON. */
export function fillTemplate(template: unknown, settings: ManifestSettings): FilledTemplate {
  const problems: Problem[] = [];

  const fillText = (text: string, path: string): string => {
    let filled = text;
    for (const [name, value] of Object.entries(settings)) {
      filled = filled.replaceAll(`\${{${name}}}`, () => String(value));
    }
    if (filled.includes('${{')) {
      const remedy = `Use one of ${Object.keys(settings).join(', ')}.`;
      problems.push({
        where: 'manifest.json',
        path,
        what: `unknown placeholder in “${text}”`,
        remedy,
      });
    }
    return filled;
  };

  const fill = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') return fillText(value, path);
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) => fill(item, `${path}[${index}]`));
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        fill(item, path === '' ? key : `${path}.${key}`),
      ]),
    );
  };

  return { manifest: fill(template, ''), problems };
}
