// Checks reports in a real Chromium: accessibility, width, requests, content security policy, printed pages.
// Usage: CHROMIUM=/usr/bin/chromium node check.mjs <folder with the reports>

import axe from 'axe-core';
import { createServer } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

// How many pages each report has on paper. The daily pages come two on a sheet.
const reports = {
  'full': 9,
  'overview': 2,
  'one-day': 3,
  'empty': 2,
};
const widths = [1280, 390];
const schemes = ['light', 'dark'];
const formats = ['Letter', 'A4'];

const folder = resolve(process.argv[2]);
const findings = [];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });

for (const [name, pages] of Object.entries(reports)) {
  const address = pathToFileURL(join(folder, `${name}.html`)).href;
  for (const width of widths) {
    for (const colorScheme of schemes) {
      await look(name, address, width, colorScheme);
    }
  }

  await print(name, address, pages);
}

expectPages('New-TandemReport -AsPdf', readFileSync(join(folder, 'printed.pdf')), reports.full);
await tryToLoad(pathToFileURL(join(folder, 'overview.html')).href);
await browser.close();

for (const finding of findings) {
  console.error(finding);
}

console.log(`${Object.keys(reports).length} reports, ${findings.length} findings; the pictures are in ${folder}`);
process.exit(findings.length === 0 ? 0 : 1);

/** Opens a report as a screen shows it. */
async function look(name, address, width, colorScheme) {
  const view = `${name}, ${width} pixels, ${colorScheme}`;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.on('request', request => request.url() === address || findings.push(`${view}: requests ${request.url()}`));
  page.on('console', message => findings.push(`${view}: ${message.text()}`));
  page.on('pageerror', error => findings.push(`${view}: ${error.message}`));
  await page.goto(address);

  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) {
    findings.push(`${view}: is ${overflow} pixels too wide`);
  }

  // What is folded away is looked at, too.
  await page.evaluate(() => document.querySelectorAll('details').forEach(part => { part.open = true; }));
  const opened = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (opened > 0) {
    findings.push(`${view}, everything unfolded: is ${opened} pixels too wide`);
  }

  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const violation of violations) {
    const places = violation.nodes.map(node => node.target).join(', ');
    const finding = `${view}: ${violation.impact}: ${violation.help} (${violation.id}) at ${places}`;
    if (['serious', 'critical'].includes(violation.impact)) {
      findings.push(finding);
    } else {
      console.log(finding);
    }
  }

  await page.evaluate(() => document.querySelectorAll('details').forEach(part => { part.open = false; }));
  await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
  await page.close();
}

/** Prints a report, with the dark scheme of a browser that prefers it: paper is white. */
async function print(name, address, expected) {
  const page = await browser.newPage({ colorScheme: 'dark' });
  await page.goto(address);
  for (const format of formats) {
    const pdf = await page.pdf({ format, printBackground: false, preferCSSPageSize: false });
    writeFileSync(join(folder, `${name}-${format}.pdf`), pdf);
    expectPages(`${name}, ${format}`, pdf, expected);
  }

  await page.close();
}

function expectPages(what, pdf, expected) {
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  if (pages !== expected) {
    findings.push(`${what}: has ${pages} pages instead of ${expected}`);
  }
}

/** The policy of a report refuses what somebody adds to it. */
async function tryToLoad(address) {
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise(listening => server.once('listening', listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const page = await browser.newPage();
  await page.goto(address);
  const refused = await page.evaluate(async origin => {
    const refused = new Set();
    document.addEventListener('securitypolicyviolation', violation => refused.add(violation.effectiveDirective));
    const add = (name, attributes) => document.body.append(Object.assign(document.createElement(name), attributes));
    add('img', { src: `${origin}/picture.png` });
    add('script', { src: `${origin}/script.js` });
    add('script', { textContent: 'window.hasRun = true;' });
    add('link', { rel: 'stylesheet', href: `${origin}/style.css` });
    await fetch(origin).catch(() => {});
    const frame = document.createElement('iframe');
    frame.src = `${origin}/frame.html`;
    const shown = new Promise(done => { frame.onload = done; });
    document.body.append(frame);
    await shown;
    return { directives: [...refused].sort(), hasRun: window.hasRun === true };
  }, origin);
  await page.close();
  server.close();

  const expected = ['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-elem'];
  if (refused.hasRun || requests > 0 || expected.some(directive => !refused.directives.includes(directive))) {
    findings.push(`The policy refuses ${refused.directives}, ${requests} requests arrived`);
  }
}
