// One of the projects of a site in parts: what a site of one project has, below a path of its own, with links across
// parts. What is particular to this one stands in site.json.
import path from 'node:path';
import whole from './docusaurus.whole.js';
import acrossParts from './src/across-parts.js';
import {escapeHtml, moved, part, parts, root} from './src/division.js';

const start = path.resolve(__dirname, part ? '../..' : '.');
const links = [acrossParts, {docs: path.join(__dirname, 'docs'), start, root, part, parts}];

const baseUrl = part ? `${root}${part}/` : root;

const plugins = whole.plugins.map(([name, options]) => {
  if (name.endsWith('plugin-content-docs')) {
    return [name, {...options, beforeDefaultRemarkPlugins: [links]}];
  }
  if (name.endsWith('plugin-sitemap')) {
    const file = part ? {} : {filename: 'sitemap-start.xml'};
    return [name, {...options, ...file, ignorePatterns: [`${baseUrl}search`]}];
  }
  return [name, options];
});
if (!part) {
  plugins.push(['./src/start.js', {start, parts, moved}]);
}

// Docusaurus takes the address for one that is none of this project, and leaves it as it is.
const entry = (text, address) => ({html: escapeHtml(text), href: `pathname://${address}`, autoAddBaseUrl: false, target: '_self'});
const menu = {
  type: 'dropdown',
  label: part ? parts.find(({name}) => name === part).label : 'Parts',
  items: [entry('All services', root), ...parts.map(({name, label}) => entry(label, `${root}${name}/`))],
};

export default {
  ...whole,
  baseUrl,
  plugins,
  themeConfig: {
    ...whole.themeConfig,
    navbar: {...whole.themeConfig.navbar, items: [menu, ...whole.themeConfig.navbar.items]},
  },
};
