import { boxWidth, type Graph, type GraphEdge, type GraphNode } from './graph';

/** Longer names are cut in their box, paths at their start; the whole name is its title. */
const maximumLabel = 27;
const boxHeight = 20;

/** The look of a picture that stands alone; in the page the page's own style takes this place. */
const style = `
svg{--ink:#1f2328;--paper:#fff;--line:#8c959f;--bad:#b3261e;--good:#1a7f37;background:var(--paper)}
@media (prefers-color-scheme:dark){svg{--ink:#e6edf3;--paper:#0d1117;--line:#8b949e;--bad:#ff8a80;--good:#56d364}}
${shapes()}`;

/** Rules that both the page and a picture of its own need. */
export function shapes(): string {
  return `.box{fill:var(--paper);stroke:var(--line)}
.box.incompatible,.box.missing{stroke:var(--bad);stroke-width:2}
.box.unknown{stroke-dasharray:2 2}
.label{fill:var(--ink);font:12px system-ui,sans-serif}
.edge{fill:none;stroke:var(--line);stroke-width:1;opacity:.7}
.edge.plain{stroke-dasharray:1 3}
.edge.gpl{stroke:var(--good);stroke-width:1.5}
.edge.refused{stroke:var(--bad);stroke-width:2;stroke-dasharray:6 3;opacity:1}`;
}

/** The graph as SVG; `isAlone` for a file of its own. */
export function toSvg({ width, height, nodes, edges }: Graph, isAlone: boolean): string {
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Licenses, modules and the providers of their symbols">`,
    ...(isAlone ? [`<style>${style}</style>`] : []),
    ...edges.map(edge),
    ...nodes.map(box),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function edge({ from, to, kind, title }: GraphEdge): string {
  const start = from.x + boxWidth;
  const bend = (to.x - start) / 2;
  const path = `M${start} ${round(from.y)}C${start + bend} ${round(from.y)} ${to.x - bend} ${round(to.y)} ${to.x} ${round(to.y)}`;
  return `<path class="edge ${kind}" d="${path}"><title>${escapeXml(title)}</title></path>`;
}

function box({ label, kind, verdict, x, y }: GraphNode): string {
  const top = round(y - boxHeight / 2);
  const part = kind === 'provider' ? `…${label.slice(1 - maximumLabel)}` : `${label.slice(0, maximumLabel - 1)}…`;
  const text = label.length > maximumLabel ? part : label;
  const rectangle = `<rect class="box ${kind} ${verdict}" x="${x}" y="${top}" width="${boxWidth}" height="${boxHeight}" rx="4"/>`;
  return `<g><title>${escapeXml(label)}</title>${rectangle}<text class="label" x="${x + 8}" y="${round(y + 4)}">${escapeXml(text)}</text></g>`;
}

/** Text for XML and HTML, also inside of attributes; characters that XML cannot hold are replaced. */
export function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD').replace(/[&<>"']/g, (one) => entities[one] ?? '');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
