import useBrokenLinks from '@docusaurus/useBrokenLinks';
import MDXComponents from '@theme-original/MDXComponents';

// Shows nothing: lets the check of links know the ids of a page. `list` is a JSON list (`src/ids.js`).
function Ids({list}) {
  const links = useBrokenLinks();
  for (const id of JSON.parse(list)) {
    links.collectAnchor(id);
  }
  return null;
}

export default {...MDXComponents, Ids};
