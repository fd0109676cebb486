// Docusaurus knows the anchors that its own components make. Ids that are written in a page lead there as well: a plugin
// for HTML that hands them to the component `Ids` (`src/theme/MDXComponents`), which makes them known.
function idsOf(node, found) {
  const written = node.attributes?.find?.(({name}) => name === 'id')?.value;
  for (const id of [node.properties?.id, written]) {
    if (typeof id === 'string') {
      found.add(id);
    }
  }
  for (const child of node.children ?? []) {
    idsOf(child, found);
  }
  return found;
}

export default function ids() {
  return (tree) => {
    const value = JSON.stringify([...idsOf(tree, new Set())]);
    tree.children.push({
      type: 'mdxJsxFlowElement',
      name: 'Ids',
      attributes: [{type: 'mdxJsxAttribute', name: 'list', value}],
      children: [],
    });
  };
}
