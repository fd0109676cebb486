// How the site is divided, for the configuration of each of its projects.
import site from '../site.json';

// The part that this project is, all parts, and old paths that lead to pages of parts. The first page is no part.
export const {part, parts, moved} = site;

// The path of the whole site where it is published.
export const root = (process.env.SITE_BASE_URL ?? site.baseUrl).replace(/\/*$/, '/');

export function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
