import type { ModuleSummary } from '../core/features/summary';

/** More modules, or providers, than this are no picture any more. */
export const maximumNodes = 60;

export interface GraphNode {
  readonly label: string;
  readonly kind: 'license' | 'module' | 'provider';
  readonly verdict: ModuleSummary['verdict'];
  readonly x: number;
  /** The middle of the node. */
  readonly y: number;
}

export interface GraphEdge {
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** `refused` and `gpl` lead to a provider of GPL-only symbols, `plain` to others, `says` from a license to a module. */
  readonly kind: 'says' | 'plain' | 'gpl' | 'refused';
  readonly title: string;
}

export interface Graph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Modules and providers that there was no place for. */
  readonly leftOut: { readonly modules: number; readonly providers: number };
}

/** Sizes in pixels. */
export const boxWidth = 210;
const columnGap = 90;
const rowHeight = 26;
const margin = 12;

/** Licenses, modules and providers in three columns, neighbors near each other. */
export function layOut(all: readonly ModuleSummary[]): Graph {
  const modules = [...all].sort(byImportance).slice(0, maximumNodes).sort(byLicense);
  const licenses = [...new Set(modules.map(licenseOf))];
  const uses = new Map<string, number[]>();
  modules.forEach((module, index) => {
    for (const { name } of module.providers) uses.set(name, [...(uses.get(name) ?? []), index]);
  });
  const mostUsed = [...uses].sort(([, a], [, b]) => b.length - a.length).slice(0, maximumNodes);
  const providers = mostUsed.sort(([, a], [, b]) => mean(a) - mean(b)).map(([name]) => name);

  const rows = Math.max(licenses.length, modules.length, providers.length, 1);
  const height = rows * rowHeight + 2 * margin;
  const column = (index: number) => margin + index * (boxWidth + columnGap);
  const row = (index: number, count: number) => margin + ((index + 0.5) * (height - 2 * margin)) / count;

  const licenseNodes = new Map<string, GraphNode>();
  const providerNodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  licenses.forEach((label, index) => {
    const verdict = modules.find((module) => licenseOf(module) === label)?.verdict ?? 'unknown';
    licenseNodes.set(label, { label, kind: 'license', verdict, x: column(0), y: row(index, licenses.length) });
  });
  providers.forEach((label, index) => {
    const node = {
      label,
      kind: 'provider',
      verdict: 'compatible',
      x: column(2),
      y: row(index, providers.length),
    } as const;
    providerNodes.set(label, node);
  });
  const moduleNodes = modules.map((module, index): GraphNode => {
    const { name, verdict } = module;
    const node = { label: name, kind: 'module', verdict, x: column(1), y: row(index, modules.length) } as const;
    const license = licenseNodes.get(licenseOf(module));
    if (license) edges.push({ from: license, to: node, kind: 'says', title: `${name}: ${license.label}` });
    for (const { name: to, symbols, gplOnly } of module.providers) {
      const provider = providerNodes.get(to);
      if (!provider) continue;
      const kind = gplOnly === 0 ? 'plain' : verdict === 'incompatible' ? 'refused' : 'gpl';
      const title = `${name} uses ${symbols} symbols of ${to}, ${gplOnly} of them GPL-only`;
      edges.push({ from: node, to: provider, kind, title });
    }
    return node;
  });
  return {
    width: column(2) + boxWidth + margin,
    height,
    nodes: [...licenseNodes.values(), ...moduleNodes, ...providerNodes.values()],
    edges,
    leftOut: { modules: all.length - modules.length, providers: uses.size - providers.length },
  };
}

/** The license strings of a module as one text. */
export function licenseOf({ licenses }: Pick<ModuleSummary, 'licenses'>): string {
  return [...new Set(licenses)].join(' + ') || 'no license';
}

const weights = { incompatible: 0, missing: 1, unknown: 2, compatible: 3 };

/** What needs attention first. */
function byImportance(a: ModuleSummary, b: ModuleSummary): number {
  return (
    weights[a.verdict] - weights[b.verdict] ||
    b.errors - a.errors ||
    b.warnings - a.warnings ||
    b.gplOnly - a.gplOnly ||
    a.name.localeCompare(b.name, 'en')
  );
}

function byLicense(a: ModuleSummary, b: ModuleSummary): number {
  return (
    weights[a.verdict] - weights[b.verdict] ||
    licenseOf(a).localeCompare(licenseOf(b), 'en') ||
    a.name.localeCompare(b.name, 'en')
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
