// What the first page of a site in parts does for all of it, as a plugin: the list of the site maps, and pages at the
// addresses that a site of one project has, which lead to where the parts have them. Links from elsewhere so stay right
// when services move from part to part.
import fs from 'node:fs';
import path from 'node:path';

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function leadingTo(address) {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<title>Moved</title>
<meta http-equiv="refresh" content="0; url=${escaped(address)}">
<link rel="canonical" href="${escaped(address)}">
<script>window.location.replace(${JSON.stringify(address).replace(/</g, '\\u003c')} + window.location.search + window.location.hash)</script>
</head>
<body><a href="${escaped(address)}">This page</a></body>
</html>
`;
}

// start: the folder of the whole site; parts: its parts; moved: old paths with the paths that stand for them.
export default function startOfParts(context, {start, parts, moved}) {
  const pagesOf = ({name}) => {
    const docs = path.join(start, 'parts', name, 'docs');
    return fs
      .readdirSync(path.join(docs, 'services'), {recursive: true})
      .filter((file) => path.basename(file) === 'index.md')
      .map((file) => `/services/${path.dirname(file).split(path.sep).join('/')}`);
  };
  return {
    name: 'start-of-parts',
    async postBuild({outDir, siteConfig: {url, baseUrl}}) {
      const maps = ['sitemap-start.xml', ...parts.map(({name}) => `${name}/sitemap.xml`)];
      const entries = maps.map((map) => `<sitemap><loc>${escaped(url + baseUrl + map)}</loc></sitemap>`);
      fs.writeFileSync(
        path.join(outDir, 'sitemap.xml'),
        `<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>\n`,
      );
      const homes = new Map(parts.flatMap((part) => pagesOf(part).map((page) => [page, `${baseUrl}${part.name}${page}`])));
      for (const {from, to} of moved) {
        if (!homes.has(to)) {
          throw new Error(`the redirect from ${from} leads to ${to}, which no part has`);
        }
        homes.set(from, homes.get(to));
      }
      for (const [page, address] of homes) {
        const file = path.join(outDir, `${page}.html`);
        fs.mkdirSync(path.dirname(file), {recursive: true});
        fs.writeFileSync(file, leadingTo(address));
      }
    },
  };
}
