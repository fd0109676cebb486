import React, {useId, useMemo, useState} from 'react';
import CopyableCode from '@site/src/components/CopyableCode/CopyableCode';
import styles from './SchemaTable.module.css';

const SIGNS = {'&lt;': '<', '&gt;': '>', '&amp;': '&', '&#123;': '{', '&#125;': '}'};

// Texts come with these five signs as entities, so that they are right in any copy of this component.
function plain(text) {
  return String(text ?? '').replace(/&(?:lt|gt|amp|#123|#125);/g, (entity) => SIGNS[entity]);
}

const MARKS = /(`[^`]+`|(?<![\w*])\*\*(?!\s)[^*[]+(?<!\s)\*\*(?![\w*])|\[[^[\]]+\]\(https?:\/\/[^\s()<>"]+\))/;

// What stands between backticks is code, between double asterisks bold, in brackets before a web address a link to it.
function Words({text}) {
  return text.split(MARKS).map((part, index) => {
    if (index % 2 === 0) {
      return part;
    }
    if (part.startsWith('**')) {
      return (
        <strong key={index}>
          <Words text={part.slice(2, -2)} />
        </strong>
      );
    }
    if (part.startsWith('`')) {
      return <code key={index}>{part.slice(1, -1)}</code>;
    }
    const middle = part.lastIndexOf('](');
    return (
      <a key={index} href={part.slice(middle + 2, -1)}>
        {part.slice(1, middle)}
      </a>
    );
  });
}

// The rows in the order of reading; each knows where it hangs. The place of a row in its parent is its key: names may
// repeat.
function flatten(fields, depth = 0, parent = '') {
  return fields.flatMap((field, index) => {
    const path = `${parent}/${index}`;
    const children = field.children ?? [];
    const row = {path, depth, parent, field, opens: children.length > 0};
    return [row, ...flatten(children, depth + 1, path)];
  });
}

function isShown(row, open) {
  for (let end = row.path.lastIndexOf('/'); end > 0; end = row.path.lastIndexOf('/', end - 1)) {
    if (!open.has(row.path.slice(0, end))) {
      return false;
    }
  }
  return true;
}

function Row({row, isOpen, toggle}) {
  const {field, depth, opens} = row;
  const name = plain(field.name);
  return (
    <tr data-depth={depth} style={{'--depth': depth}}>
      <td>
        <span className={styles.name}>
          {opens ? (
            <button
              type="button"
              className={styles.toggle}
              aria-expanded={isOpen}
              aria-label={`Fields of ${name}`}
              onClick={() => toggle(row.path)}>
              <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
                <path d="M6 3.5L10.5 8L6 12.5" />
              </svg>
            </button>
          ) : (
            <span className={styles.leaf} />
          )}
          <CopyableCode code={name} />
        </span>
      </td>
      <td>
        <code>{plain(field.type)}</code>
      </td>
      <td>
        <Words text={plain(field.description)} />
      </td>
    </tr>
  );
}

// A table of fields; those that hold others open by a button.
export default function SchemaTable({fields}) {
  const rows = useMemo(() => flatten(fields ?? []), [fields]);
  const parents = useMemo(() => rows.filter((row) => row.opens).map((row) => row.path), [rows]);
  const [open, setOpen] = useState(() => new Set());
  const id = useId();

  function toggle(path) {
    const next = new Set(open);
    if (!next.delete(path)) {
      next.add(path);
    }
    setOpen(next);
  }

  const allOpen = parents.length > 0 && parents.every((path) => open.has(path));
  return (
    <div className={styles.schema}>
      {parents.length > 0 && (
        <button
          type="button"
          className={styles.all}
          aria-controls={id}
          onClick={() => setOpen(new Set(allOpen ? [] : parents))}>
          {allOpen ? 'Collapse all' : 'Expand all'}
        </button>
      )}
      <table id={id}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Datatype</th>
            <th>Description</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter((row) => isShown(row, open))
            .map((row) => (
              <Row key={row.path} row={row} isOpen={open.has(row.path)} toggle={toggle} />
            ))}
        </tbody>
      </table>
    </div>
  );
}
