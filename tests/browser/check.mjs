// Opens pages in a real browser and prints what it saw of each, as JSON: what they ask for, how wide they are, how many
// sheets of A4 they print on, and what axe-core finds that shuts people out.
//
// node check.mjs FOLDER BROWSER PAGE.html...     FOLDER holds node_modules; SCREENSHOTS=1 puts pictures beside the pages

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, browserPath, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${folder}/`));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu"] });
const results = {};
for (const file of files) {
  const url = pathToFileURL(file).href;
  const seen = { requests: [], messages: [], overflow: [], violations: [], sheets: 0 };
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [380, 768, 1440]) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      page.on("request", (request) => request.url() === url || seen.requests.push(request.url()));
      page.on("console", (message) => seen.messages.push(message.text()));
      page.on("dialog", (dialog) => { seen.messages.push(dialog.message()); dialog.dismiss(); });
      await page.goto(url);
      await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (beyond > 0) seen.overflow.push(`${width}: ${beyond}`);
      if (process.env.SCREENSHOTS) await page.screenshot({ path: `${file}.${colorScheme}.${width}.png`, fullPage: true });
      await page.close();
    }
    // axe needs to be let in, past the page's own policy
    const context = await browser.newContext({ colorScheme, bypassCSP: true, viewport: { width: 800, height: 900 } });
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate(() => globalThis.axe.run(document));
    for (const each of found.violations) seen.violations.push(`${each.id}: ${each.nodes[0].html}`);
    await context.close();
  }
  const page = await browser.newPage();
  await page.goto(url);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  seen.sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
  await page.close();
  results[file.split("/").pop()] = seen;
}
await browser.close();
console.log(JSON.stringify(results));
