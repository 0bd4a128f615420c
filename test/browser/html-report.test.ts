import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlReport } from '../../src/report/html/page.ts';
import { hostileRun } from '../report/hostile.ts';
import { wholeRun } from '../report/whole-run.ts';
import { openBrowser, type Look, type Seen } from './page.ts';

let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser[Symbol.asyncDispose]());

/* What is run in the page is handed over as text: it is the browser's own, and of no concern to the compiler. */

const OPEN_ALL = `document.querySelectorAll('details').forEach((details) => (details.open = true))`;

/** How far anything reaches beyond the right edge. */
const OVERFLOW = `[...document.querySelectorAll('body *')]
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((element) => element.tagName + '.' + element.className).slice(0, 5)`;

/** Contrast of every text against the first opaque background behind it: those below 4.5, or 3 where they are large. */
const FAINT = `(() => {
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const colour = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const c = colour(getComputedStyle(at).backgroundColor);
      if (c.length === 3 || (c.length === 4 && c[3] === 1)) return c;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('main *')]
    .filter((element) => !element.closest('svg') && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((element) => element.checkVisibility())
    .map((element) => {
      const style = getComputedStyle(element);
      const [a, b] = [light(colour(style.color)), light(behind(element))];
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600);
      return { ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), least: isLarge ? 3 : 4.5, what: element.tagName + '.' + element.className + ' ' + element.textContent.slice(0, 30) };
    })
    .filter(({ ratio, least }) => ratio < least)
    .map(({ ratio, what }) => ratio.toFixed(2) + ' ' + what)
    .slice(0, 10);
})()`;

const LOOKS: readonly Look[] = [
  { width: 360, scheme: 'light' },
  { width: 360, scheme: 'dark' },
  { width: 1200, scheme: 'light' },
  { width: 1200, scheme: 'dark' },
  { width: 700, scheme: 'dark', media: 'print' },
];

describe.each([
  ['a run with every kind of outcome', wholeRun],
  ['a run whose models are hostile', hostileRun],
])('the page of %s', (_, source) => {
  it.each(LOOKS)('is whole and legible at %o', async (look) => {
    const seen = await browser.see(htmlReport(source()), look);
    await seen.page.evaluate(OPEN_ALL);

    expect(await seen.page.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
    expect(await seen.page.evaluate(OVERFLOW)).toEqual([]);
    expect(await seen.page.evaluate(FAINT)).toEqual([]);
    expect(quietOf(seen)).toEqual({ said: [], requests: [], dialogs: [] });
    await seen.page.close();
  });
});

describe('the page', () => {
  it('is styled in both themes, each in its own colours', async () => {
    const colours: unknown[] = [];
    for (const scheme of ['light', 'dark'] as const) {
      const { page } = await browser.see(htmlReport(wholeRun()), { width: 800, scheme });
      colours.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
    }

    expect(colours).toEqual(['rgb(251, 250, 247)', 'rgb(20, 23, 27)']);
  });

  it('has its verdict on the first screen of a phone', async () => {
    const { page } = await browser.see(htmlReport(wholeRun()), { width: 360, scheme: 'light' });

    const bottom = await page.evaluate(`document.querySelector('.verdict').getBoundingClientRect().bottom`);

    expect(bottom).toBeGreaterThan(100);
    expect(bottom).toBeLessThan(640);
  });

  it('has charts that say in words what they show', async () => {
    const { page } = await browser.see(htmlReport(wholeRun()), { width: 800, scheme: 'light' });

    const charts = await page.evaluate(
      `[...document.querySelectorAll('figure svg')].map((svg) => ({ title: svg.querySelector('title').textContent, tall: svg.getBoundingClientRect().height > 100 }))`,
    );

    expect(charts).toEqual([
      { title: expect.stringContaining('round 3: 3 and 2'), tall: true },
      { title: expect.stringContaining('at the start 670'), tall: true },
    ]);
  });

  it('prints what is folded away on the screen', async () => {
    const html = htmlReport(wholeRun());
    const isShown = async (look: Look): Promise<unknown> => {
      const { page } = await browser.see(html, look);
      return page.evaluate(`document.querySelector('#F1 .inside p').checkVisibility()`);
    };

    expect(await isShown({ width: 700, scheme: 'light' })).toBe(false);
    expect(await isShown({ width: 700, scheme: 'light', media: 'print' })).toBe(true);
  });

  it('opens where a link within it leads', async () => {
    const { page } = await browser.see(htmlReport(wholeRun()), { width: 800, scheme: 'light' });

    const dead = await page.evaluate(
      `[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href')).filter((href) => !href.startsWith('#') || !document.getElementById(href.slice(1)))`,
    );

    expect(dead).toEqual([]);
  });
});

function quietOf({ said, requests, dialogs }: Seen): Omit<Seen, 'page'> {
  return { said, requests, dialogs };
}
