// Links to pages of other parts, as a plugin for Markdown. Docusaurus knows the pages of one project and refuses links
// to others, so these become links as HTML has them, with the whole path. A page that no part has is an error; anchors
// are checked when all parts are built (`anchors.mjs`).
import fs from 'node:fs';
import path from 'node:path';

function children(node) {
  return node.children ?? [];
}

function definitions(tree, found = new Map()) {
  if (tree.type === 'definition') {
    found.set(tree.identifier, tree);
  }
  for (const child of children(tree)) {
    definitions(child, found);
  }
  return found;
}

// docs: the folder of the pages; start: the folder of the whole site; root: its path where it is published; part: the
// part that this project is, if it is one; parts: all of them.
export default function acrossParts({docs, start, root, part, parts}) {
  const homes = new Map(parts.flatMap(({name, services}) => services.map((service) => [service, name])));
  const names = parts.map(({name}) => name);

  // The path of a page from the start of the pages, without the name of its file.
  function pageOf(place, file) {
    const isFile = /\.mdx?$/.test(place);
    if (!place.startsWith('/') && !isFile) {
      return undefined;
    }
    const folder = path.dirname(path.relative(docs, file)).split(path.sep).join('/');
    const whole = place.startsWith('/') ? path.posix.normalize(place) : path.posix.join('/', folder, place);
    return whole.replace(/^\//, '').replace(/(^|\/)index\.mdx?$|\.mdx?$|\/$/, '');
  }

  // The whole path of what a link leads to, if another project has it.
  function address(url, file) {
    const [, place, end] = /^([^?#]*)(.*)$/s.exec(url);
    const page = /^\/\/|^[a-z][a-z0-9+.-]*:/i.test(place) ? undefined : pageOf(place, file);
    if (page === undefined) {
      return undefined;
    }
    const words = `${file}: the link \`${url}\``;
    const [first, service] = page.split('/');
    if (page === part || (page === '' && !part)) {
      return undefined;
    }
    if (page === '') {
      return `${root}${end}`;
    }
    if (names.includes(page)) {
      return `${root}${page}/${end}`;
    }
    const home = first === 'services' ? homes.get(service) : undefined;
    if (home === undefined || home === part) {
      return undefined;
    }
    const target = path.join(start, 'parts', home, 'docs', page);
    const isThere = [path.join(target, 'index.md'), `${target}.md`].some((name) => fs.existsSync(name));
    if (fs.existsSync(path.join(start, 'parts')) && !isThere) {
      throw new Error(`${words} leads to no page of ${home}`);
    }
    return `${root}${home}/${page}${end}`;
  }

  function rewrite(node, found, file) {
    for (const child of children(node)) {
      rewrite(child, found, file);
    }
    const link = node.type === 'link' ? node : node.type === 'linkReference' ? found.get(node.identifier) : undefined;
    const href = link && address(link.url, file);
    if (href !== undefined) {
      const attributes = [['href', href], ...(link.title ? [['title', link.title]] : [])];
      Object.assign(node, {
        type: 'mdxJsxTextElement',
        name: 'a',
        attributes: attributes.map(([name, value]) => ({type: 'mdxJsxAttribute', name, value})),
        data: {_mdxExplicitJsx: true},
      });
    }
  }

  return (tree, file) => rewrite(tree, definitions(tree), file.path);
}
