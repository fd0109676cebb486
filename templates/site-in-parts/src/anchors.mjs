// Anchors across parts. Docusaurus checks those within a project; what the pages of other projects have is known when
// they are built, so that those that components make count as well.
import fs from 'node:fs';
import path from 'node:path';
import {Parser} from 'htmlparser2';

// The ids of a finished page, and where its links lead.
function read(file) {
  const ids = new Set(['top']);
  const links = new Set();
  const parser = new Parser({
    onopentag(name, {id, name: anchor, href}) {
      if (id) {
        ids.add(id);
      }
      if (name === 'a' && anchor) {
        ids.add(anchor);
      }
      if (name === 'a' && href) {
        links.add(href);
      }
    },
  });
  parser.end(fs.readFileSync(file, 'utf8'));
  return {ids, links};
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// What is wrong with links that lead from one project of a finished site to an anchor in another, in words.
//
// out: the folder of the site; root: the path where it is published; names: the names of the parts. A part that is not
// there yet is left out.
export function brokenAnchors({out, root, names}) {
  const known = new Map();
  const idsOf = (file) => {
    if (!known.has(file)) {
      known.set(file, read(file).ids);
    }
    return known.get(file);
  };
  const partOf = (place) => names.find((name) => place === name || place.startsWith(`${name}/`));

  // What is wrong with a link on a page of a part, or of the first project.
  function fault(href, part) {
    const [, address, anchor] = /^([^?#]*)[^#]*#(.+)$/s.exec(href) ?? [];
    if (!address?.startsWith(root)) {
      return undefined;
    }
    const place = decoded(address.slice(root.length)).replace(/\/$/, '');
    const home = partOf(place);
    // Of the first project only the first page is one: the others lead on to parts and keep the anchor.
    if (home === part || (!home && place !== '') || !fs.existsSync(path.join(out, home ?? ''))) {
      return undefined;
    }
    const files = [path.join(out, `${place}.html`), path.join(out, place, 'index.html')];
    const file = files.find((name) => fs.existsSync(name));
    if (file === undefined) {
      return 'leads to no page';
    }
    const ids = idsOf(file);
    return ids.has(anchor) || ids.has(decoded(anchor)) ? undefined : 'leads to an anchor that its page has not';
  }

  const found = [];
  for (const name of fs.readdirSync(out, {recursive: true}).sort()) {
    if (name.endsWith('.html')) {
      const page = name.split(path.sep).join('/');
      for (const href of read(path.join(out, name)).links) {
        const words = fault(href, partOf(page));
        if (words) {
          found.push(`${page}: the link \`${href}\` ${words}`);
        }
      }
    }
  }
  return found;
}
