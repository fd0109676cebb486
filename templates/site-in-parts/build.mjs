// Builds a site in parts: the first page and each part are projects of their own, built one after the other or several
// at a time, and put together. A link across parts to an anchor that its page has not is an error.
//
// npm run build -- [--out-dir DIR] [--jobs N] [--check]
//   --out-dir  where the site goes; `build` when absent
//   --jobs     how many projects are built at a time; each takes some GB of memory. One when absent
//   --check    build nothing, look at the links of the site that is there
//
// To build them on several machines run `npm ci` here and `npx docusaurus build` in `parts/<part>` on each: what comes
// out belongs into the folder `<part>` of the site; then check it.
import fs from 'node:fs';
import path from 'node:path';
import {spawn} from 'node:child_process';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {brokenAnchors} from './src/anchors.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const {values} = parseArgs({
  options: {
    'out-dir': {type: 'string', default: 'build'},
    jobs: {type: 'string', default: '1'},
    check: {type: 'boolean', default: false},
  },
});
const out = path.resolve(here, values['out-dir']);
const manifest = createRequire(import.meta.url).resolve('@docusaurus/core/package.json');
const docusaurus = path.join(path.dirname(manifest), 'bin/docusaurus.mjs');

function build(project) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [docusaurus, 'build'], {cwd: project, stdio: 'inherit'});
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${project} does not build`))));
  });
}

const {baseUrl, parts} = JSON.parse(fs.readFileSync(path.join(here, 'site.json'), 'utf8'));
const folders = new Map([[here, out], ...parts.map(({name}) => [path.join(here, 'parts', name), path.join(out, name)])]);
const waiting = values.check ? [] : [...folders.keys()];

async function work() {
  for (let project = waiting.shift(); project; project = waiting.shift()) {
    await build(project);
  }
}

await Promise.all(Array.from({length: Math.max(1, Number(values.jobs) || 1)}, work));
for (const [project, folder] of folders) {
  const built = path.join(project, 'build');
  if (!values.check && built !== folder) {
    fs.rmSync(folder, {recursive: true, force: true});
    fs.cpSync(built, folder, {recursive: true});
    fs.rmSync(built, {recursive: true});
  }
}

const root = (process.env.SITE_BASE_URL ?? baseUrl).replace(/\/*$/, '/');
const broken = brokenAnchors({out, root, names: parts.map(({name}) => name)});
if (broken.length > 0) {
  console.error(broken.join('\n'));
  process.exitCode = 1;
}
