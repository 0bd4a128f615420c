import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, type Browser, type Page } from 'puppeteer-core';

/** A page as a browser has it, with everything the browser had to say about it. */
export type Seen = {
  readonly page: Page;
  /** What stood in the console: errors, and what the policy refused. */
  readonly said: readonly string[];
  /** What was asked of the network, or of the disk, beside the page itself. */
  readonly requests: readonly string[];
  readonly dialogs: readonly string[];
};

export type Look = { readonly width: number; readonly scheme: 'light' | 'dark'; readonly media?: 'print' };

/** A browser without a window, and without anything of the user's. */
export async function openBrowser(): Promise<
  { readonly see: (html: string, look: Look) => Promise<Seen> } & AsyncDisposable
> {
  const home = mkdtempSync(join(tmpdir(), 'refine-plan-browser-'));
  const browser = await launch({
    executablePath: process.env['BROWSER_PATH'] ?? 'chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    userDataDir: join(home, 'profile'),
    env: { ...process.env, HOME: home },
    pipe: true,
  });
  return {
    see: (html, look) => see(browser, { html, home }, look),
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function see(
  browser: Browser,
  { html, home }: { readonly html: string; readonly home: string },
  { width, scheme, media }: Look,
): Promise<Seen> {
  const file = join(home, 'report.html');
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const page = await browser.newPage();
  const [said, requests, dialogs]: [string[], string[], string[]] = [[], [], []];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss(); // nobody waits for it: that there was one is the failure
  });
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  await page.setViewport({ width, height: 900 });
  // The library's own calls for the two take each other back.
  const session = await page.createCDPSession();
  const features = [{ name: 'prefers-color-scheme', value: scheme }];
  await session.send('Emulation.setEmulatedMedia', { media: media ?? 'screen', features });
  await page.goto(url);
  return { page, said, requests, dialogs };
}
