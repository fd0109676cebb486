// Drives a built site in a real browser.
//
// node .ci/site-browser.mjs BUILD STYLE TOOLS SCREENSHOTS [hostile|parts|older]
//   BUILD        the folder that `npm run build` made
//   STYLE        html or schema-table
//   TOOLS        a folder whose node_modules hold playwright-core, axe-core and cheerio
//   SCREENSHOTS  where pictures go
//   hostile      the site is the one of the hostile texts: links, ids, what programs read, and that nothing in the texts
//                came to life
//   parts        the site is one in parts: links across them, and what is there once for all of them
//   older        the pages stand in a site of the older generation: links, ids, and what other programs read
//
// Exits with 1 and names each fault.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {createRequire} from 'node:module';

const [build, style, tools, screenshots] = process.argv.slice(2, 6).map((argument, index) => (index === 1 ? argument : path.resolve(argument)));
const kind = process.argv[6];
const isHostile = kind === 'hostile';
const require = createRequire(path.join(tools, 'package.json'));
const {chromium} = require('playwright-core');
const cheerio = require('cheerio');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const faults = [];
let checks = 0;

function check(holds, words) {
  checks += 1;
  if (!holds) {
    faults.push(words);
    console.error(`FAULT ${words}`);
  }
}

// ---- The site as its host serves it: `/a` is `a.html`.
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

function fileOf(pathname) {
  const place = path.join(build, decodeURIComponent(pathname));
  if (!place.startsWith(build)) {
    return undefined;
  }
  return [place, `${place}.html`, path.join(place, 'index.html')].find((file) => fs.statSync(file, {throwIfNoEntry: false})?.isFile());
}

const server = http.createServer((request, response) => {
  const file = fileOf(new URL(request.url, 'http://site').pathname);
  response.writeHead(file ? 200 : 404, {'content-type': TYPES[path.extname(file ?? '.html')] ?? 'application/octet-stream'});
  response.end(fs.readFileSync(file ?? path.join(build, '404.html')));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

// ---- Links and anchors of the whole site, read from the built files.
function filesBelow(folder) {
  return fs.readdirSync(folder, {recursive: true}).filter((name) => fs.statSync(path.join(folder, name)).isFile());
}

function checkLinks() {
  const pages = new Map();
  for (const name of filesBelow(build).filter((name) => name.endsWith('.html'))) {
    const $ = cheerio.load(fs.readFileSync(path.join(build, name), 'utf8'));
    const ids = $('[id]').map((_, element) => $(element).attr('id')).get();
    pages.set(path.join(build, name), {name, $, ids: new Set(ids)});
    const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
    check(repeated.length === 0, `${name}: ids stand there twice: ${repeated.join(', ')}`);
  }
  let links = 0;
  for (const {name, $} of pages.values()) {
    const base = new URL(name.replace(/(^|\/)index\.html$|\.html$/, '$1'), 'http://site/');
    const targets = [
      ...$('a[href]').map((_, element) => $(element).attr('href')).get(),
      ...$('link[href], script[src], img[src]').map((_, element) => $(element).attr('href') ?? $(element).attr('src')).get(),
    ];
    for (const target of targets) {
      const url = new URL(target, base);
      const isOurs = url.host === 'site' || url.host === 'localhost:3000';
      check(/^(https?|mailto|data):$/.test(url.protocol), `${name}: link \`${target}\` is of a kind that pages must not have`);
      if (!isOurs) {
        continue;
      }
      links += 1;
      const file = fileOf(url.pathname);
      if (!file) {
        // The address of the page itself on the page for lost readers.
        check(/(^|\/)404\.html$/.test(name) && /canonical|alternate/.test($.html(`link[href="${target}"]`)), `${name}: link \`${target}\` leads nowhere`);
        continue;
      }
      const anchor = decodeURIComponent(url.hash.slice(1));
      if (anchor && pages.has(file)) {
        check(pages.get(file).ids.has(anchor), `${name}: anchor of \`${target}\` is nowhere`);
      }
      const tab = /^\?(select|insert|update|replace|delete|exec)=(.+)$/.exec(url.search);
      if (tab) {
        const labels = $('[role=tab]').map((_, element) => $(element).text()).get();
        check(labels.includes(decodeURIComponent(tab[2])), `${name}: \`${target}\` names no tab`);
      }
    }
  }
  console.log(`${pages.size} pages, ${links} links inside the site`);
  return pages.size;
}

// ---- What other programs read in the pages: tabs under headings with fixed ids, statements taken apart by clauses.
function readMenu() {
  const ids = ['select', 'insert', 'update', 'replace', 'delete'].map((verb) => [verb, `${verb}-examples`]);
  const sections = [...ids, ['exec', 'lifecycle-methods']];
  const found = {};
  for (const [verb, id] of sections) {
    const heading = document.getElementById(id);
    if (!heading) {
      continue;
    }
    let tabs = heading.nextElementSibling;
    while (tabs && !tabs.querySelector('[role=tab]')) {
      tabs = tabs.nextElementSibling;
    }
    const labels = [...tabs.querySelectorAll('[role=tab]')].map((tab) => tab.textContent);
    const panels = [...tabs.querySelectorAll('[role=tabpanel]')];
    found[verb] = Object.fromEntries(
      labels.map((label, index) => {
        const lines = [...(panels[index].querySelector('pre code')?.querySelectorAll('.token-line') ?? [])];
        return [label, lines.map((line) => line.textContent).join('\n')];
      }),
    );
  }
  return found;
}

const unquoted = (name) => name.trim().replace(/^["'`](.*)["'`]$/, '$1');

function namesAfter(sql, clause, end) {
  const from = sql.search(clause);
  if (from < 0) {
    return [];
  }
  const rest = sql.slice(from).replace(clause, '');
  const until = end ? rest.search(end) : -1;
  const part = (until < 0 ? rest : rest.slice(0, until)).replace(/--.*$/gm, '').replace(/;\s*$/, '');
  return part.split(/\sAND\s/).map((condition) => unquoted(condition.split('=')[0])).filter(Boolean);
}

const same = (one, other) => JSON.stringify([...new Set(one)].sort()) === JSON.stringify([...new Set(other)].sort());

function checkMenu(name, menu, document) {
  for (const method of document.methods) {
    const sql = menu[method.verb]?.[method.name];
    check(sql !== undefined, `${name}: no tab \`${method.name}\` under ${method.verb}`);
    if (!sql) {
      continue;
    }
    const required = method.required.map((parameter) => parameter.name);
    const optional = method.optional.map((parameter) => parameter.name);
    if (method.verb === 'select' && sql.startsWith('SELECT')) {
      const columns = sql.slice(6, sql.search(/^FROM /m)).split(',').map(unquoted);
      const tabOf = (name) => document.fields.find((tab) => tab.method === name);
      const tab = tabOf(method.name);
      // Fields that another tab shows as well are given once.
      const fields = tabOf(tab.same_as ?? tab.method).rows.map((row) => row.name);
      check(same(columns, fields), `${name}: columns of ${method.name}: ${columns}`);
      check(new RegExp(`^FROM ${document.overview.id}$`, 'm').test(sql), `${name}: FROM of ${method.name}`);
      check(same(namesAfter(sql, /^WHERE /m), [...required, ...optional]), `${name}: WHERE of ${method.name}`);
    }
    if (method.verb === 'insert' && sql.startsWith('INSERT')) {
      const columns = /\(\n([^)]*)\n\)/.exec(sql)[1].split(',').map(unquoted);
      check(required.every((parameter) => columns.includes(parameter)), `${name}: columns of ${method.name}: ${columns}`);
      const values = sql.slice(sql.search(/^SELECT$/m) + 6, sql.search(/^(RETURNING|;)/m)).trim().split(',\n');
      check(values.length === columns.length, `${name}: ${columns.length} columns and ${values.length} values`);
      check('Manifest' in menu.insert, `${name}: no manifest`);
    }
    if (['update', 'replace', 'delete'].includes(method.verb) && /^(UPDATE|REPLACE|DELETE)/.test(sql)) {
      const names = namesAfter(sql, /^WHERE\s/m, /^RETURNING/m);
      check(required.every((parameter) => names.includes(parameter)), `${name}: WHERE of ${method.name}: ${names}`);
    }
    if (method.verb === 'exec') {
      const given = [...sql.matchAll(/^@("?[^=]+)=/gm)].map((match) => unquoted(match[1]));
      check(required.every((parameter) => given.includes(parameter)), `${name}: parameters of ${method.name}: ${given}`);
    }
  }
}

// ---- The browser.
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

async function open(options) {
  const context = await browser.newContext({permissions: ['clipboard-read', 'clipboard-write'], reducedMotion: 'reduce', ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('console', (message) => check(message.type() !== 'error', `console: ${message.text()} (${page.url()})`));
  page.on('pageerror', (error) => check(false, `script: ${error.message} (${page.url()})`));
  page.on('requestfailed', (request) => {
    // Pages that are left do not wait for what they asked for ahead of time.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
      check(false, `request: ${request.url()} ${request.failure()?.errorText}`);
    }
  });
  page.on('request', (request) => check(request.url().startsWith(origin) || request.url().startsWith('data:'), `asks another server: ${request.url()}`));
  page.on('response', (response) => check(response.status() < 400, `${response.status()} ${response.url()}`));
  return page;
}

async function visit(page, pathname) {
  await page.goto(origin + pathname, {waitUntil: 'networkidle'});
}

async function audit(page, words) {
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
  for (const violation of violations) {
    const where = violation.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ');
    if (['serious', 'critical'].includes(violation.impact)) {
      check(false, `accessibility, ${words}: ${violation.id}: ${violation.help} (${violation.nodes.length}: ${where})`);
    } else {
      console.log(`note, ${words}: ${violation.id} (${violation.impact}; ${where})`);
    }
  }
  check(true, words);
}

const RESOURCE = '/services/ml/model_registry_webhooks';

async function read(page) {
  await visit(page, '/');
  check(/Databricks/.test(await page.locator('main').innerText()), 'the landing page says what it is about');
  check((await page.locator('a.navbar__item').allInnerTexts()).some((text) => /^v\d/.test(text)), 'the bar shows the version of the provider');
  await page.locator('main').getByRole('link', {name: 'ml', exact: true}).click();
  await page.waitForURL('**/services/ml');
  await page.locator('main').getByRole('link', {name: 'model_registry_webhooks', exact: true}).click();
  await page.waitForURL(`**${RESOURCE}`);
  await page.locator('h1', {hasText: 'model_registry_webhooks'}).waitFor();
  check((await page.getByText('Edit mapping').count()) === 0, 'links to the mapping are off');
}

async function switchTabs(page) {
  await visit(page, RESOURCE);
  const manifest = page.getByRole('tab', {name: 'Manifest'});
  await manifest.click();
  check((await manifest.getAttribute('aria-selected')) === 'true', 'a click selects a tab');
  check(await page.getByText('Descriptions are for people').isVisible(), 'the panel of the tab is shown');
  const lifecycle = page.locator('#lifecycle-methods ~ .tabs-container, #lifecycle-methods ~ div .tabs-container').first();
  await lifecycle.getByRole('tab', {name: 'delete'}).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  check((await lifecycle.getByRole('tab', {name: 'test'}).getAttribute('aria-selected')) === 'true', 'keys select a tab');
  await visit(page, RESOURCE);
  const link = page.locator('a[href="?exec=test#lifecycle-methods"]');
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${RESOURCE}?exec=test#lifecycle-methods`);
  await page.waitForLoadState('networkidle');
  check((await page.getByRole('tab', {name: 'test'}).getAttribute('aria-selected')) === 'true', 'a method leads to its example');
}

async function copy(page) {
  await visit(page, RESOURCE);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', {name: 'Copy databricks_workspace.ml.model_registry_webhooks'}).click();
  check((await clipboard()) === 'databricks_workspace.ml.model_registry_webhooks', 'a button copies the id');
  check(/copied/.test(await page.getByRole('status').first().textContent()), 'copying is announced');
  const before = page.url();
  await page.locator('a[href="?select=list#select-examples"]').getByRole('button').click();
  check((await clipboard()) === 'list' && page.url() === before, 'a button inside a link copies and does not lead away');
  const block = page.locator('pre', {hasText: 'FROM databricks_workspace'}).first().locator('..');
  await block.hover();
  await block.getByRole('button', {name: /copy/i}).click();
  check(/^SELECT\nid,/.test(await clipboard()), 'a statement is copied with its lines');
}

async function openRows(page) {
  await visit(page, RESOURCE);
  const table = page.getByRole('tabpanel').first().getByRole('table');
  const rows = () => table.getByRole('row').count();
  const closed = await rows();
  const button = table.getByRole('button', {name: 'Fields of http_url_spec'});
  await button.focus();
  await page.keyboard.press('Enter');
  check((await button.getAttribute('aria-expanded')) === 'true' && (await rows()) > closed, 'nested rows open by keyboard');
  await button.click();
  check((await rows()) === closed, 'nested rows close');
  await page.getByRole('button', {name: 'Expand all'}).first().click();
  check((await rows()) > closed, 'all rows open');
}

async function search(page, start, words, wanted) {
  await visit(page, start);
  const box = page.getByRole('combobox').or(page.locator('input.navbar__search-input')).first();
  await box.click();
  await page.waitForLoadState('networkidle');
  await box.pressSequentially(words, {delay: 10});
  const hit = page.locator('[class*=suggestion]', {hasText: words}).first();
  await hit.waitFor({state: 'visible'}).catch(() => check(false, `search for ${words} shows nothing`));
  await page.screenshot({path: path.join(screenshots, `${style}-search-${words}.png`)});
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === wanted).catch(() => check(false, `search for ${words} leads to ${page.url()}`));
}

async function programs(page) {
  const expected = isHostile ? [] : [
    [`${RESOURCE}.md`, '# model_registry_webhooks'],
    [`${RESOURCE}.json`, '"page":"resource"'],
    ['/index.md', '# '],
    ['/llms.txt', 'model_registry_webhooks.md'],
    ['/sitemap.xml', RESOURCE],
    ['/services', 'url=/'],
  ];
  for (const [pathname, holds] of expected) {
    const answer = await page.request.get(origin + pathname);
    check(answer.ok() && (await answer.text()).includes(holds), `${pathname} holds \`${holds}\``);
  }
  const pages = filesBelow(path.join(build, 'services')).filter((name) => name.endsWith('.json') && name.includes(path.sep));
  check(pages.length > (isHostile ? 0 : 10), 'there are resource pages');
  for (const name of pages) {
    const document = JSON.parse(fs.readFileSync(path.join(build, 'services', name), 'utf8'));
    const pathname = `/${document.folder}`;
    await visit(page, pathname);
    checkMenu(pathname, await page.evaluate(readMenu), document);
  }
}

async function look(page, words) {
  for (const [name, pathname] of [
    ['landing', '/'],
    ['service', '/services/ml'],
    ['resource', RESOURCE],
    ['lost', undefined],
  ]) {
    if (pathname === undefined) {
      continue;
    }
    await visit(page, pathname);
    if (style === 'schema-table' && name === 'resource') {
      await page.getByRole('button', {name: 'Expand all'}).first().click();
    }
    await audit(page, `${words} ${name}`);
    const overflow = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    check(overflow <= 0, `${words} ${name}: the page is ${overflow} pixels wider than the window`);
    await page.screenshot({path: path.join(screenshots, `${style}-${words}-${name}.png`), fullPage: true});
  }
}

// Texts of a description are shown and do nothing.
async function hostile(page) {
  page.on('dialog', (dialog) => check(false, `a text opened a dialog: ${dialog.message()}`));
  for (const pathname of ['/', '/services/shop', '/services/shop/things']) {
    await visit(page, pathname);
    if (style === 'schema-table' && pathname.endsWith('things')) {
      await page.getByRole('button', {name: 'Expand all'}).first().click();
    }
    const live = await page.evaluate(() => {
      const inside = document.querySelector('.theme-doc-markdown');
      const scripts = inside.querySelectorAll('script, iframe, img, style, object, embed').length;
      const links = [...inside.querySelectorAll('a[href]')].filter((link) => !/^(https?:|#|\?|\/|\.)/.test(link.getAttribute('href')));
      const handlers = [...inside.querySelectorAll('*')].filter((element) => [...element.attributes].some(({name}) => name.startsWith('on')));
      return {scripts, links: links.map((link) => link.getAttribute('href')), handlers: handlers.length};
    });
    check(live.scripts === 0 && live.links.length === 0 && live.handlers === 0, `${pathname}: texts came to life: ${JSON.stringify(live)}`);
  }
  const text = await page.locator('.theme-doc-markdown').first().textContent();
  for (const words of ['<script>alert(1)</script>', 'a {b} <c> {{ d }} & &#123;', '[a](javascript:x)', ':::note', '<https://example.com>']) {
    check(text.includes(words), `\`${words}\` is shown as it is`);
  }
  await page.screenshot({path: path.join(screenshots, `${style}-hostile.png`), fullPage: true});
  await programs(page);
}

// The tabs of a page and their statements are where programs look for them.
async function older(page) {
  await visit(page, RESOURCE);
  const menu = await page.evaluate(readMenu);
  check(Object.keys(menu).join() === 'select,insert,update,exec', `sections are ${Object.keys(menu)}`);
  check(menu.select.list.startsWith('SELECT\nid,'), `the first statement is ${menu.select.list}`);
  check('Manifest' in menu.insert && 'delete' in menu.exec, 'tabs have the labels that programs look for');
  const first = page.getByRole('tabpanel').first().getByRole('table');
  check((await first.getByRole('button', {name: 'Copy id', exact: true}).count()) === 1, 'the fields are shown');
}

// Links across parts lead to pages that are there (that they all do was checked above), and what is once for the whole site.
async function parts(page) {
  await visit(page, '/');
  check(/published in 2 parts/.test(await page.locator('main').innerText()), 'the first page says that there are parts');
  await audit(page, 'first page of a site in parts');
  await page.locator('main').getByRole('link', {name: 'depot', exact: true}).click();
  await page.waitForURL('**/part-1/services/depot');
  await page.locator('h1', {hasText: 'depot'}).waitFor();
  await page.getByRole('button', {name: /^Part 1/}).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', {name: 'Part 2: shop'}).click();
  await page.waitForURL('**/part-2/');
  check(/This is part 2: shop/.test(await page.locator('main').innerText()), 'a part says what is in it');
  await audit(page, 'first page of a part');
  await page.screenshot({path: path.join(screenshots, `${style}-part.png`), fullPage: true});
  await page.locator('main').getByRole('link', {name: 'shop', exact: true}).click();
  await page.waitForURL('**/part-2/services/shop');
  for (const [name, wanted] of [['boxes', '/part-1/services/depot/boxes#fields'], ['the depot', '/part-1/services/depot'], ['how to authenticate', '/#authentication']]) {
    await visit(page, '/part-2/services/shop');
    await page.locator('main').getByRole('link', {name, exact: true}).click();
    await page.waitForURL(origin + wanted);
    await page.locator('h1').waitFor();
    check(!/Page Not Found/.test(await page.locator('main').innerText()), `\`${name}\` leads to a page`);
  }
  for (const [from, name, to] of [
    ['/part-2/services/shop/contents', 'depot.boxes', '/part-1/services/depot/boxes'],
    ['/part-1/services/depot/boxes', 'shop.contents', '/part-2/services/shop/contents'],
  ]) {
    await visit(page, from);
    await page.locator('main').getByRole('link', {name, exact: true}).click();
    await page.waitForURL(origin + to);
    check(await page.locator('h1', {hasText: name.split('.')[1]}).isVisible(), `\`${name}\` is near`);
    const twin = await (await page.request.get(`${origin}${from}.md`)).text();
    const link = twin.match(new RegExp(`\\[${name}\\]\\(([^)]*)\\)`))?.[1] ?? 'nowhere';
    check((await page.request.get(new URL(link, `${origin}${from}.md`).href)).ok(), `${from}.md links \`${name}\``);
  }
  await page.goto(`${origin}/services/depot/boxes?select=list#select-examples`);
  await page.waitForURL(`${origin}/part-1/services/depot/boxes?select=list#select-examples`);
  check(true, 'an address of the site in one project leads to the page in its part');
  await page.goto(`${origin}/old-boxes`);
  await page.waitForURL(`${origin}/part-1/services/depot/boxes`);
  await search(page, '/part-1/', 'boxes', '/part-1/services/depot/boxes');
  for (const [pathname, holds] of [
    ['/llms.txt', '/part-1/services/depot/boxes.md'],
    ['/part-1/services/depot/boxes.md', '# boxes'],
    ['/part-2/index.json', '"page":"part"'],
    ['/sitemap.xml', '/part-1/sitemap.xml'],
    ['/sitemap-start.xml', '<urlset'],
    ['/part-1/sitemap.xml', '/part-1/services/depot/boxes'],
  ]) {
    const answer = await page.request.get(origin + pathname);
    check(answer.ok() && (await answer.text()).includes(holds), `${pathname} holds \`${holds}\``);
  }
}

try {
  fs.mkdirSync(screenshots, {recursive: true});
  check(checkLinks() > 2, 'the site has pages');
  const page = await open({viewport: {width: 1280, height: 900}});
  const step = {hostile, parts, older}[kind];
  if (step) {
    await step(page).catch((error) => check(false, `${step.name}: ${error.message}`));
    await browser.close();
    server.close();
    report();
    process.exit();
  }
  for (const step of [read, switchTabs, copy, ...(style === 'schema-table' ? [openRows] : []), programs]) {
    await step(page).catch((error) => check(false, `${step.name}: ${error.message}`));
  }
  await search(page, '/', 'model_registry_webhooks', RESOURCE).catch((error) => check(false, `search: ${error.message}`));
  for (const colorScheme of ['light', 'dark']) {
    for (const [device, viewport] of [['desktop', {width: 1280, height: 900}], ['phone', {width: 390, height: 844}]]) {
      const page = await open({viewport, colorScheme});
      await look(page, `${colorScheme}-${device}`);
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  server.close();
}
report();

function report() {
  console.log(`${checks - faults.length} passed, ${faults.length} failed`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
