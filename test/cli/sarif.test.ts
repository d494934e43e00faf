import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import type { Log, Region } from 'sarif';
import { expect, it } from 'vitest';
import { brokenModule, folderWith, project, untainted } from './run';

const region = {
  type: 'object',
  required: ['startLine', 'startColumn', 'endLine', 'endColumn'],
  additionalProperties: false,
  properties: Object.fromEntries(
    ['startLine', 'startColumn', 'endLine', 'endColumn'].map((name) => [name, { type: 'integer', minimum: 1 }]),
  ),
};
const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } };
const artifact = { type: 'object', required: ['uri'], properties: { uri: { type: 'string', pattern: '^[^ \\\\]+$' } } };
const location = {
  type: 'object',
  required: ['physicalLocation'],
  properties: {
    message: text,
    physicalLocation: {
      type: 'object',
      required: ['artifactLocation', 'region'],
      additionalProperties: false,
      properties: { artifactLocation: artifact, region },
    },
  },
};
/** What SARIF 2.1.0 (OASIS, sections 3.13 to 3.57) demands of the parts that are written here. */
const sarif = {
  type: 'object',
  required: ['version', 'runs'],
  properties: {
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tool', 'results', 'columnKind', 'originalUriBaseIds', 'invocations'],
        properties: {
          columnKind: { const: 'utf16CodeUnits' },
          originalUriBaseIds: { type: 'object', additionalProperties: { ...artifact, required: ['uri'] } },
          invocations: {
            type: 'array',
            items: { type: 'object', required: ['executionSuccessful'] },
          },
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: {
                type: 'object',
                required: ['name', 'version', 'rules'],
                properties: {
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: {
                      type: 'object',
                      required: ['id', 'shortDescription', 'help', 'defaultConfiguration'],
                      properties: { shortDescription: text, help: text },
                    },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'suppressions'],
              properties: {
                suppressions: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['kind'],
                    additionalProperties: false,
                    properties: {
                      kind: { enum: ['inSource', 'external'] },
                      justification: { type: 'string', minLength: 1 },
                      location,
                    },
                  },
                },
                level: { enum: ['none', 'note', 'warning', 'error'] },
                message: text,
                locations: { type: 'array', minItems: 1, items: location },
                relatedLocations: { type: 'array', minItems: 1, items: location },
                fixes: {
                  type: 'array',
                  minItems: 1,
                  items: {
                    type: 'object',
                    required: ['description', 'artifactChanges'],
                    properties: {
                      description: text,
                      artifactChanges: {
                        type: 'array',
                        minItems: 1,
                        items: {
                          type: 'object',
                          required: ['artifactLocation', 'replacements'],
                          properties: {
                            artifactLocation: artifact,
                            replacements: {
                              type: 'array',
                              minItems: 1,
                              items: {
                                type: 'object',
                                required: ['deletedRegion'],
                                properties: { deletedRegion: region },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

async function sarifOf(cwd: string, ...args: string[]): Promise<Log> {
  const { out, err } = await untainted(['check', ...args, '--kernel', 'embedded', '--format', 'sarif'], { cwd });
  if (out === '') throw new Error(err);
  return JSON.parse(out) as Log;
}

it('has the form of SARIF 2.1.0', async () => {
  const log = await sarifOf(project, 'examples/frost');
  const validate = new Ajv({ strictTypes: false }).compile(sarif);
  validate(log);
  expect(validate.errors).toBeNull();
});

it('carries rules with pages, causes, fixes and places that are there', async () => {
  const run = (await sarifOf(project, 'examples/frost')).runs[0];
  const rules = run?.tool.driver.rules ?? [];
  expect(rules.find((rule) => rule.id === 'gpl-only-symbol')?.help?.markdown).toMatch(/^# .*gpl-only-symbol/);
  expect(run?.results?.length).toBeGreaterThan(8);
  for (const result of run?.results ?? []) {
    expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
    const place = result.locations?.[0]?.physicalLocation;
    expect(place?.artifactLocation?.uriBaseId).toBe('SRCROOT');
    expect(textAt(join(project, place?.artifactLocation?.uri ?? ''), place?.region)).not.toBeUndefined();
  }
  const named = run?.results?.find((result) => result.message.text?.includes("'dma_buf_get'"));
  const region = named?.locations?.[0]?.physicalLocation?.region;
  expect(textAt(join(project, 'examples/frost/frost_capture.c'), region)).toBe('dma_buf_get');
  expect(named?.relatedLocations?.length).toBeGreaterThan(0);
  expect(run?.results?.some((result) => (result.fixes?.length ?? 0) > 0)).toBe(true);
});

it('encodes odd file names and reports what was not understood', async () => {
  const folder = folderWith({
    'a b#é.c': 'MODULE_LICENSE("GPL v3");\n',
    Makefile: 'obj-m := $(shell cat list)\n',
  });
  const run = (await sarifOf(folder)).runs[0];
  const uris = run?.results?.map((result) => result.locations?.[0]?.physicalLocation?.artifactLocation?.uri);
  expect(uris).toContain('a%20b%23%C3%A9.c');
  const base = run?.originalUriBaseIds?.SRCROOT?.uri ?? '';
  expect(fileURLToPath(new URL('a%20b%23%C3%A9.c', base))).toBe(join(folder, 'a b#é.c'));
  expect(base).toBe(`${pathToFileURL(folder).href}/`);
  expect(run?.invocations?.[0]?.toolExecutionNotifications?.length).toBeGreaterThan(0);
});

it('says of each result whether and why it is suppressed', async () => {
  const held = '/* untainted-ignore-next-line unknown-license-string: agreed with legal */\n';
  const folder = folderWith({ 'm.c': brokenModule.replace(/.*SPDX.*/, '').replace('MODULE_LICENSE', `${held}$&`) });
  const log = await sarifOf(folder);
  const validate = new Ajv({ strictTypes: false }).compile(sarif);
  validate(log);
  expect(validate.errors).toBeNull();
  const results = log.runs[0]?.results?.map(({ ruleId, suppressions }) => [ruleId, suppressions]);
  expect(results).toEqual([
    ['missing-spdx', []],
    ['unknown-license-string', [expect.objectContaining({ kind: 'inSource', justification: 'agreed with legal' })]],
  ]);
});

it('says which results the baseline holds back', async () => {
  const folder = folderWith({ 'm.c': brokenModule.replace(/.*SPDX.*/, '') });
  await untainted(['check', '--kernel', 'embedded', '--write-baseline', 'b.json'], { cwd: folder });
  const log = await sarifOf(folder, '--baseline', 'b.json');
  const validate = new Ajv({ strictTypes: false }).compile(sarif);
  validate(log);
  expect(validate.errors).toBeNull();
  const kinds = log.runs[0]?.results?.map(({ suppressions }) => suppressions?.map(({ kind }) => kind));
  expect(kinds).toEqual([['external'], ['external']]);
});

function textAt(file: string, region: Region | undefined): string | undefined {
  const line = readFileSync(file, 'utf8').split('\n')[(region?.startLine ?? 0) - 1];
  return line?.slice((region?.startColumn ?? 1) - 1, (region?.endColumn ?? 1) - 1);
}
