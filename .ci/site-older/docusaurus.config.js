// A site of the older generation, as pages of `spgen docs` without a project find it.
export default {
  title: 'Microsite',
  favicon: 'img/favicon.svg',
  url: 'http://localhost:3000',
  baseUrl: '/',
  trailingSlash: false,
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onBrokenMarkdownLinks: 'throw',
  onDuplicateRoutes: 'throw',
  presets: [
    ['classic', {docs: {routeBasePath: '/', sidebarPath: './sidebars.js'}, blog: false, pages: false, sitemap: false}],
  ],
};
