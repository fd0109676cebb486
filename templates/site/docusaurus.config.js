// What is particular to this provider stands in site.json; this file is the same for all.
import fs from 'node:fs';
import path from 'node:path';
import site from './site.json';
import {dark, light} from './src/code-colors.js';
import ids from './src/ids.js';

// Pages name a preview picture; one that nobody put into `static` is left out. With an address in `editUrl` every page
// links to it.
async function parseFrontMatter(params) {
  const result = await params.defaultParseFrontMatter(params);
  const {frontMatter} = result;
  const image = frontMatter.image;
  if (typeof image === 'string' && image.startsWith('/') && !fs.existsSync(path.join(__dirname, 'static', image))) {
    delete frontMatter.image;
  }
  if (site.editUrl) {
    frontMatter.custom_edit_url = site.editUrl;
  }
  return result;
}

const baseUrl = process.env.SITE_BASE_URL ?? site.baseUrl;

export default {
  title: site.title,
  tagline: site.tagline,
  favicon: 'img/favicon.svg',
  url: process.env.SITE_URL ?? site.url,
  baseUrl,
  trailingSlash: false,
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',
  markdown: {
    parseFrontMatter,
    hooks: {onBrokenMarkdownLinks: 'throw', onBrokenMarkdownImages: 'throw'},
  },
  i18n: {defaultLocale: 'en', locales: ['en']},
  future: {v4: true, faster: true},
  clientModules: ['./src/scrollable.js'],
  themes: [
    ['@docusaurus/theme-classic', {customCss: './src/css/custom.css'}],
    [
      '@easyops-cn/docusaurus-search-local',
      {
        hashed: true,
        docsRouteBasePath: '/',
        indexBlog: false,
        explicitSearchResultPath: true,
        searchResultLimits: 10,
        // What examples say stands in the tables as well: without them there is a quarter less to load.
        ignoreCssSelectors: ['.theme-code-block'],
      },
    ],
  ],
  plugins: [
    [
      '@docusaurus/plugin-content-docs',
      {
        routeBasePath: '/',
        sidebarPath: './sidebars.js',
        numberPrefixParser: false,
        rehypePlugins: [ids],
        versions: {current: {label: site.version, badge: false}},
      },
    ],
    [
      '@docusaurus/plugin-sitemap',
      {lastmod: null, changefreq: null, priority: null, ignorePatterns: [`${baseUrl}search`]},
    ],
    ['@docusaurus/plugin-client-redirects', {redirects: site.redirects}],
  ],
  themeConfig: {
    colorMode: {respectPrefersColorScheme: true},
    navbar: {
      title: site.title,
      items: [{type: 'docsVersion', position: 'right'}],
    },
    docs: {sidebar: {hideable: true, autoCollapseCategories: true}},
    tableOfContents: {minHeadingLevel: 2, maxHeadingLevel: 3},
    prism: {theme: light, darkTheme: dark, additionalLanguages: ['bash', 'sql']},
    footer: {
      style: 'light',
      copyright: `${escapeHtml(site.title)} ${escapeHtml(site.version)}, <a href="https://stackql.io">StackQL</a> provider`,
    },
  },
};

// The theme puts the line of the footer into the page as it is.
function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
