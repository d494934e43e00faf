// Runs in the page of the report: in a browser from a file, or in an editor's web view.
import type { ModuleSummary } from '../core/features/summary';
import type { PageMessage, ReportData } from './data';
import { layOut } from './graph';
import { type Column, columns, type Filter, select, sortBy } from './rows';
import { toSvg } from './svg';

declare function acquireVsCodeApi(): { postMessage(message: PageMessage): void };

/** Rows that are shown at first, and added when somebody asks for more. */
const portion = 300;

const data: ReportData = JSON.parse(element('data').textContent ?? '');
const editor = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : undefined;
const text = element('text') as HTMLInputElement;
const state = element('state') as HTMLSelectElement;
let sorted: { readonly column: Column; readonly isDescending: boolean } | undefined;
let shownRows = portion;

const headers = columns.map((column) => {
  const header = make('th', '');
  const button = make('button', column.title);
  button.addEventListener('click', () => {
    const isDescending = sorted?.column === column ? !sorted.isDescending : column.order !== undefined;
    sorted = { column, isDescending };
    showFirst();
  });
  header.scope = 'col';
  header.append(button);
  return header;
});
element('headers').append(...headers);
text.addEventListener('input', showFirst);
state.addEventListener('change', showFirst);
element('more').addEventListener('click', () => {
  shownRows += portion;
  show();
});
element('save-svg').addEventListener('click', () => saveSvg(toSvg(layOut(selected()), true)));
for (const id of ['save-page', 'refresh'] as const) {
  const button = element(id);
  button.hidden = !editor;
  button.addEventListener('click', () => editor?.postMessage({ type: id === 'refresh' ? 'refresh' : 'savePage' }));
}
show();

function selected(): ModuleSummary[] {
  return select(data.modules, { text: text.value, state: state.value as Filter['state'] });
}

function showFirst(): void {
  shownRows = portion;
  show();
}

function show(): void {
  const found = selected();
  const ordered = sorted ? sortBy(found, sorted.column, sorted.isDescending) : found;
  columns.forEach((column, index) => {
    const order = sorted?.column !== column ? 'none' : sorted.isDescending ? 'descending' : 'ascending';
    headers[index]?.setAttribute('aria-sort', order);
  });
  element('rows').replaceChildren(...ordered.slice(0, shownRows).map(toRow));
  const rest = ordered.length - shownRows;
  element('more').hidden = rest <= 0;
  element('more').textContent = `Show ${Math.min(rest, portion)} more`;
  element('count').textContent = `${found.length} of ${data.modules.length} modules`;
  showGraph(found);
}

function toRow(module: ModuleSummary): HTMLElement {
  const row = make('tr', '');
  row.className = module.verdict;
  columns.forEach((column, index) => {
    const value = column.text(module);
    const cell = make(index === 0 ? 'th' : 'td', index === 0 && editor ? '' : value);
    if (index === 0) cell.setAttribute('scope', 'row');
    if (column.order && column.title !== 'Findings' && column.title !== 'Providers') cell.className = 'number';
    if (index === 0 && editor) {
      const button = make('button', value);
      const { folder, name } = module;
      button.addEventListener('click', () => editor.postMessage({ type: 'open', folder, name }));
      cell.append(button);
    }
    row.append(cell);
  });
  return row;
}

function showGraph(modules: readonly ModuleSummary[]): void {
  const graph = layOut(modules);
  const parsed = new DOMParser().parseFromString(toSvg(graph, false), 'image/svg+xml');
  element('graph').replaceChildren(document.importNode(parsed.documentElement, true));
  const { modules: left, providers } = graph.leftOut;
  const parts = [...(left > 0 ? [`${left} modules`] : []), ...(providers > 0 ? [`${providers} providers`] : [])];
  element('left-out').textContent =
    parts.length > 0 ? `Not in the picture: ${parts.join(' and ')}. Filter the table to see others.` : '';
}

/** An editor asks for the file's name itself. */
function saveSvg(svg: string): void {
  if (editor) {
    editor.postMessage({ type: 'save', svg });
    return;
  }
  const link = make('a', '');
  link.href = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  link.download = 'modules.svg';
  link.click();
  URL.revokeObjectURL(link.href);
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no '${id}'`);
  return found;
}

/** Text stays text, whatever it holds. */
function make<K extends keyof HTMLElementTagNameMap>(name: K, content: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = content;
  return made;
}
