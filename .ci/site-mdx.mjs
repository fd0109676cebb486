// Compiles pages with the compiler that Docusaurus uses and compares its verdict with the check in spgen.
//
// node .ci/site-mdx.mjs PROJECT SET GENERATED
//   PROJECT    a site project whose node_modules hold @mdx-js/mdx and the plugins of Docusaurus
//   SET        tests/mdx-pages.json: pages with the verdict that the tests in Rust hold the check to
//   GENERATED  lines of JSON: {"page": …, "refusal": …}, the verdict of the check on pages made at random
//
// Exits with 1 and names each page on which the two disagree, unless the set says why the check is stricter.
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const [project, set, generated] = process.argv.slice(2).map((argument) => path.resolve(argument));
const require = createRequire(path.join(project, 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const {compile} = await load('@mdx-js/mdx');
const {default: gfm} = await load('remark-gfm');
const {default: directive} = await load('remark-directive');
const version = JSON.parse(fs.readFileSync(path.join(project, 'node_modules/@mdx-js/mdx/package.json'), 'utf8')).version;

// Docusaurus takes front matter off before it compiles.
const body = (page) => page.replace(/^---\n[^]*?\n---(\n|$)/, '');

async function verdict(page) {
  try {
    await compile(body(page), {remarkPlugins: [directive, gfm]});
    return undefined;
  } catch (error) {
    return error.reason ?? error.message;
  }
}

const faults = [];
let stricter = 0;
for (const {name, page, verdict: expected} of JSON.parse(fs.readFileSync(set, 'utf8'))) {
  const refusal = await verdict(page);
  const accepts = expected !== 'refused';
  stricter += expected === 'stricter' ? 1 : 0;
  if (accepts !== (refusal === undefined)) {
    faults.push(`${name}: spgen ${expected}, the compiler ${refusal ?? 'accepts'}\n${JSON.stringify(page)}`);
  }
}
// Pages hold data: the check refuses JavaScript beyond that, names that nobody declares, a lone
// `<` at the end of a line, and what its parser cannot tell.
const BY_CHOICE = /more JavaScript|declared nowhere|can stand here|can be exported|is missing|cannot tell|of a kind that a page|is written `&lt;`|is taken for code/;

const lines = fs.readFileSync(generated, 'utf8').split('\n').filter(Boolean);
let refused = 0;
let chosen = 0;
for (const line of lines) {
  const {page, refusal: ours} = JSON.parse(line);
  const theirs = await verdict(page);
  refused += theirs === undefined ? 0 : 1;
  if (theirs === undefined && ours && BY_CHOICE.test(ours)) {
    chosen += 1;
  } else if ((ours === null) !== (theirs === undefined)) {
    faults.push(`generated: spgen ${ours ?? 'accepts'}, the compiler ${theirs ?? 'accepts'}\n${JSON.stringify(page)}`);
  }
}
for (const fault of faults) {
  console.error(`FAULT ${fault}`);
}
console.log(`@mdx-js/mdx ${version}: ${lines.length} generated pages (${refused} refused, ${chosen} more by choice), ${stricter} pages of the set refused by choice; ${faults.length} disagreements`);
process.exitCode = faults.length === 0 ? 0 : 1;
