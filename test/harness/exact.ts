import type { Analysis } from '../../server/src/core/analysis';
import { linkFacts } from '../../server/src/core/link/link';
import { dirname } from '../../server/src/core/path';
import { HeaderCache } from '../../server/src/core/preprocess/cache';
import { emptyCompiler } from '../../server/src/core/preprocess/compiler';
import { preprocess } from '../../server/src/core/preprocess/preprocess';

/** As much of a kernel's headers as the cases with `exact = yes` need. */
const headers: Readonly<Record<string, string>> = {
  'linux/module.h': `#pragma once
#define __init __attribute__((section(".init.text")))
#define __stringify_1(x...) #x
#define __stringify(x...) __stringify_1(x)
#define NULL ((void *)0)
#define MODULE_INFO(tag, info) struct module
#define MODULE_LICENSE(license) MODULE_INFO(license, license)
#define MODULE_DESCRIPTION(text) MODULE_INFO(description, text)
#define MODULE_IMPORT_NS(ns) MODULE_INFO(import_ns, ns)
#define EXPORT_SYMBOL(sym) \\
	extern typeof(sym) sym; \\
	static void *__addressable_##sym __attribute__((used)) = (void *)&sym
#define EXPORT_SYMBOL_GPL(sym) EXPORT_SYMBOL(sym)
#define EXPORT_SYMBOL_NS(sym, ns) EXPORT_SYMBOL(sym)
struct module;
extern struct module __this_module;
#define THIS_MODULE (&__this_module)
void *__symbol_get(const char *symbol);
#define symbol_get(x) ((typeof(&x))(__symbol_get(__stringify(x))))
int _printk(const char *fmt, ...);
void kfree(const void *object);
`,
  'linux/kallsyms.h': `#pragma once
unsigned long kallsyms_lookup_name(const char *name);
`,
  'linux/sched.h': `#pragma once
extern void __bad_state(void) __attribute__((error("bad state")));
extern int set_user_nice(int task, long nice);
static inline int raise_task(int task) { return set_user_nice(task, 1); }
static inline void check_state(int state) { if (state > 2) __bad_state(); }
`,
  'linux/kprobes.h': `#pragma once
struct kprobe { const char *symbol_name; void *addr; };
int register_kprobe(struct kprobe *p);
`,
  'linux/dma-buf.h': `#pragma once
struct dma_buf;
struct dma_buf *dma_buf_get(int fd);
void dma_buf_put(struct dma_buf *buffer);
`,
};

const includeFolder = '/kernel/include';

/** Gives the analysis what each source that finds all of its headers asks the linker for. */
export function linkSources(analysis: Analysis, texts: ReadonlyMap<string, string>): void {
  const all = new Map(texts);
  for (const [name, text] of Object.entries(headers)) all.set(`${includeFolder}/${name}`, text);
  const folders = new Set([...all.keys()].flatMap(foldersOf));
  const cache = new HeaderCache({
    read: (path) => all.get(path),
    exists: (path) => all.has(path) || folders.has(path),
  });
  for (const path of texts.keys()) {
    if (!path.endsWith('.c')) continue;
    const unit = preprocess(
      {
        path,
        compiler: { ...emptyCompiler, name: 'harness', macros: '__STDC__ 1\n__GNUC__ 12' },
        definitions: ['#define MODULE 1', '#define __KERNEL__ 1'],
        includes: [],
        quoteFolders: [],
        folders: [includeFolder, dirname(path)],
        systemFolders: [],
      },
      cache,
    );
    if (unit.missingHeaders.length > 0) continue;
    analysis.setLink(path, { facts: linkFacts(unit), reads: unit.files.filter((file) => texts.has(file)), unmade: [] });
  }
}

function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersOf(folder)];
}
