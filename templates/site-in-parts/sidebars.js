// The introduction, then a category for each part with its services.
import {escapeHtml, parts, root} from './src/division.js';

const link = (part, service) => ({
  type: 'html',
  defaultStyle: true,
  value: `<a class="menu__link" href="${escapeHtml(`${root}${part}/services/${service}`)}">${escapeHtml(service)}</a>`,
});

export default {
  docs: [
    {type: 'doc', id: 'provider-intro', label: 'Introduction'},
    ...parts.map(({name, label, services}) => ({
      type: 'category',
      label,
      items: services.map((service) => link(name, service)),
    })),
  ],
};
