// Liveness, and nothing else: every page works without this file.
'use strict';

// Times grow older while one looks.
const ago = (at) => {
  const s = Math.floor((Date.now() - at) / 1000);
  if (s < 5) return 'now';
  if (s < 90) return s + ' s ago';
  if (s < 5400) return Math.floor(s / 60) + ' min ago';
  if (s < 172800) return Math.floor(s / 3600) + ' h ago';
  return s < 2678400 ? Math.floor(s / 86400) + ' d ago' : null;
};
const age = () => {
  for (const time of document.querySelectorAll('time:not(.clock)')) {
    const text = ago(Date.parse(time.dateTime));
    if (text && text !== time.textContent) time.textContent = text;
  }
};
setInterval(age, 5000);

const copyButtons = () => {
  for (const button of document.querySelectorAll('button.copy')) button.hidden = !navigator.clipboard;
};
copyButtons();
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button.copy');
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
});

// Keyboard: / goes to the search field, arrows move on the board, Enter opens (links do that by themselves).
const typing = (element) => element.closest('input, textarea, select, [contenteditable]') !== null;
const cellAt = (row, column) => row && row.cells[column] && row.cells[column].querySelector('a.cell');
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/' && !typing(event.target)) {
    const search = document.getElementById('q');
    if (search) { event.preventDefault(); search.focus(); search.select(); }
    return;
  }
  const board = document.querySelector('table[data-board]');
  if (!board || !event.key.startsWith('Arrow')) return;
  const rows = [...board.querySelectorAll('tbody tr:not(.waiting)')];
  const here = event.target.closest('td');
  if (!here || !board.contains(here)) {
    if (event.key === 'ArrowDown' && (!typing(event.target) || event.target.id === 'q')) {
      const first = board.querySelector('a.cell');
      if (first) { event.preventDefault(); first.focus(); }
    }
    return;
  }
  if (here.parentElement.classList.contains('waiting')) return;
  let row = rows.indexOf(here.parentElement);
  let column = here.cellIndex;
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  event.preventDefault();
  do {
    row += step[0];
    column += step[1];
    const target = cellAt(rows[row], column);
    if (target) { target.focus(); return; }
  } while (rows[row] && rows[row].cells[column]);
});

// When the ledger grows the page is fetched again and its content exchanged, unless somebody is writing into it.
const busy = () => {
  const main = document.getElementById('main');
  return [...main.querySelectorAll('input:not([type=hidden]), textarea')].some((f) => f.value !== f.defaultValue)
    || (main.contains(document.activeElement) && typing(document.activeElement));
};
const pathTo = (element, top) => {
  const path = [];
  for (let e = element; e && e !== top; e = e.parentElement) path.unshift([...e.parentElement.children].indexOf(e));
  return path;
};
const refresh = async () => {
  if (busy()) return;
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, credentials: 'same-origin' });
  if (!answer.ok || answer.redirected || busy()) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main');
  const old = document.getElementById('main');
  if (!fresh || fresh.innerHTML === old.innerHTML) return;
  const focused = old.contains(document.activeElement) && document.activeElement !== old ? document.activeElement : null;
  const href = focused && focused.getAttribute('href');
  const path = focused && pathTo(focused, old);
  const open = [...old.querySelectorAll('details[open]')].map((d) => pathTo(d, old));
  const at = (p) => p.reduce((e, i) => e && e.children[i], fresh);
  for (const p of open) { const d = at(p); if (d && d.tagName === 'DETAILS') d.open = true; }
  old.replaceWith(fresh);
  if (focused) {
    const same = (href && fresh.querySelector('a[href="' + CSS.escape(href) + '"]')) || at(path);
    if (same) same.focus({ preventScroll: true });
  }
  copyButtons();
  age();
};
if (document.querySelector('form.who') && window.EventSource) {
  let soon = 0;
  const live = document.querySelector('.live');
  const events = new EventSource('/events');
  events.addEventListener('open', () => { live.hidden = false; });
  events.addEventListener('error', () => { live.hidden = true; });
  events.addEventListener('grown', () => {
    clearTimeout(soon);
    soon = setTimeout(() => refresh().catch(() => {}), 250);
  });
}
