import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportData } from '../page/data';
import { escapeXml, shapes } from '../page/svg';

/**
 * The report as one page that needs nothing else: no file, no network. Its own policy forbids everything but its own
 * style and script, by `nonce` (letters and digits) where an editor's web view wants one, else by their digests.
 */
export function reportPage({ kernel, modules }: ReportData, nonce?: string): string {
  const style = `${asset('report.css')}\n${shapes()}\n`;
  const script = asset('report.js');
  const allowed = (text: string) => (nonce === undefined ? `'sha256-${digest(text)}'` : `'nonce-${nonce}'`);
  const mark = nonce === undefined ? '' : ` nonce="${nonce}"`;
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${allowed(style)}; script-src ${allowed(script)}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>Modules and their licenses</title>
<style${mark}>${style}</style>
</head>
<body>
<h1>Modules and their licenses</h1>
<p>Checked against kernel ${escapeXml(kernel)}. None of this is legal advice.</p>
<noscript><p>The table and the graph are made by the page's own script.</p></noscript>
<div class="tools" role="search">
<label for="text">Filter <input id="text" type="search" autocomplete="off" placeholder="name, license, provider"></label>
<label for="state">State <select id="state">
<option value="all">all</option>
<option value="findings">with findings</option>
<option value="incompatible">not GPL-compatible</option>
<option value="missing">no license</option>
<option value="unknown">not known</option>
<option value="compatible">GPL-compatible</option>
</select></label>
<button type="button" id="save-svg">Save the graph (SVG)</button>
<button type="button" id="save-page" hidden>Save the page (HTML)</button>
<button type="button" id="refresh" hidden>Refresh</button>
</div>
<main>
<h2 id="table-title">Modules</h2>
<p id="count" role="status"></p>
<table aria-labelledby="table-title"><thead><tr id="headers"></tr></thead><tbody id="rows"></tbody></table>
<p><button type="button" id="more" hidden></button></p>
<h2>Licenses, modules, providers</h2>
<ul class="legend">
${legend('refused', 'GPL-only symbols that modpost refuses')}
${legend('gpl', 'GPL-only symbols')}
${legend('plain', 'symbols for any license')}
</ul>
<p id="left-out" role="status"></p>
<div id="graph" role="region" aria-label="Graph" tabindex="0"></div>
</main>
<script type="application/json" id="data">${json({ kernel, modules })}</script>
<script${mark}>${script}</script>
</body>
</html>
`;
}

function legend(kind: string, text: string): string {
  return `<li><svg width="40" height="10" aria-hidden="true"><path class="edge ${kind}" d="M0 5H40"/></svg> ${text}</li>`;
}

/** JSON that no text in it can end the element of. */
function json(data: ReportData): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** Style and script lie beside the bundle. */
function asset(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}
