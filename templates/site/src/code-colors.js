// Colours of code, each with a contrast above 4.5 on its background.
function theme(background, plain, colors) {
  const style = (types, color) => ({types, style: {color}});
  return {
    plain: {color: plain, backgroundColor: background},
    styles: [
      style(['comment', 'prolog', 'cdata'], colors.comment),
      style(['keyword', 'atrule', 'rule', 'important'], colors.keyword),
      style(['string', 'char', 'attr-value', 'inserted'], colors.string),
      style(['number', 'boolean', 'constant', 'symbol', 'variable'], colors.number),
      style(['function', 'class-name', 'builtin', 'key', 'property', 'attr-name', 'tag'], colors.name),
      style(['operator', 'punctuation'], plain),
    ],
  };
}

export const light = theme('#f6f8fa', '#1f2328', {
  comment: '#57606a',
  keyword: '#a02060',
  string: '#0a5a3c',
  number: '#0550ae',
  name: '#5b3aa6',
});

export const dark = theme('#1c2128', '#e6edf3', {
  comment: '#a2abb6',
  keyword: '#ff9bc2',
  string: '#8ddcb0',
  number: '#8cc4ff',
  name: '#cdb4ff',
});
