// Tables that are wider than the page scroll; those must be reachable by keyboard.
function mark() {
  for (const table of document.querySelectorAll('.theme-doc-markdown table')) {
    if (table.scrollWidth > table.clientWidth) {
      table.tabIndex = 0;
    } else {
      table.removeAttribute('tabindex');
    }
  }
}

export function onRouteDidUpdate() {
  requestAnimationFrame(mark);
}

if (typeof window !== 'undefined') {
  window.addEventListener('resize', mark);
}
