import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';

const SCREENSHOTS = join(import.meta.dirname, '../../output/browser');
/** The machine may have no network: without these flags Chromium keeps asking for Google's hosts. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Playground in Chromium, used as a person uses it. */
export interface Window {
  readonly page: Page;
  say(text: string): Promise<void>;
  /** Waits until the conversation shows this, however late the card is updated. */
  sees(text: string | RegExp): Promise<void>;
  /** The newest button of that name. */
  press(name: string | RegExp): Promise<void>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openWindow(url: string): Promise<Window> {
  await mkdir(SCREENSHOTS, { recursive: true });
  const context: BrowserContext = await chromium.launchPersistentContext(
    await mkdtemp(join(tmpdir(), 'chromium-')),
    {
      executablePath: '/usr/bin/chromium',
      headless: true,
      args: FLAGS,
      viewport: { width: 1280, height: 1150 },
    },
  );
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  const box = page.locator('[contenteditable][role=textbox]');
  await box.waitFor({ timeout: 60_000 });
  const newest = (locator: Locator): Locator => locator.last();
  return {
    page,
    async say(text) {
      await box.click();
      await box.fill(text);
      await page.keyboard.press('Enter');
    },
    sees: (text) => newest(page.getByText(text)).waitFor({ timeout: 120_000 }),
    press: (name) => newest(page.getByRole('button', { name })).click({ timeout: 30_000 }),
    async screenshot(name) {
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
    },
    close: () => context.close(),
  };
}
