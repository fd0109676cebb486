import React, {Fragment, useEffect, useRef, useState} from 'react';
import styles from './CopyableCode.module.css';

const SHOWN_FOR = 2000;

// One place for all buttons of a page that readers of the screen listen to.
function announce(text) {
  let region = document.getElementById('copied-announcement');
  if (!region) {
    region = document.createElement('div');
    region.id = 'copied-announcement';
    region.className = styles.announcement;
    region.setAttribute('role', 'status');
    document.body.append(region);
  }
  region.textContent = text;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages that are not served over a secure connection have no clipboard of their own.
    const area = document.createElement('textarea');
    area.value = text;
    area.className = styles.announcement;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

// Long names break behind an underscore or a dot before they break anywhere.
function breakable(code) {
  const parts = code.split(/(?<=[_.])(?=.)/);
  return parts.map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

// A name in code with a button that copies it.
export default function CopyableCode({code}) {
  const [copied, setCopied] = useState(false);
  const timer = useRef();
  useEffect(() => () => clearTimeout(timer.current), []);

  async function onClick(event) {
    // The name may stand inside a link.
    event.preventDefault();
    event.stopPropagation();
    if (await copy(code)) {
      setCopied(true);
      announce(`${code} copied`);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setCopied(false), SHOWN_FOR);
    }
  }

  return (
    <span className={styles.name}>
      <code>{breakable(String(code))}</code>
      <button
        type="button"
        className={styles.button}
        data-copied={copied || undefined}
        aria-label={`Copy ${code}`}
        title={copied ? 'Copied' : 'Copy'}
        onClick={onClick}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          {copied ? (
            <path d="M3 8.5l3.2 3.2L13 4.8" />
          ) : (
            <path d="M6 5.5h7.5v8H6zM3.5 10.5H2.5v-8H10v1" />
          )}
        </svg>
      </button>
    </span>
  );
}
