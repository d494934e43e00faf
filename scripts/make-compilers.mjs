// Makes server/compilers/<name>.json from the compilers of this machine: predefined macros under the flags with which the
// kernel is built, and what __has_attribute and its kin answer. Run it where gcc and clang (cross compilers included) are
// installed; one that is missing keeps its file.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const common = ['-std=gnu11', '-O2', '-fno-PIE', '-fno-strict-aliasing', '-fshort-wchar', '-funsigned-char'];
// Before 6.2 the kernel had no -funsigned-char: `char` is signed on x86 then.
const base = common.filter((flag) => flag !== '-funsigned-char');
const x86 = ['-m64', '-mno-sse', '-mno-mmx', '-mno-sse2', '-mno-3dnow', '-mno-avx', '-mno-80387', '-mcmodel=kernel'];
const arm = ['-mgeneral-regs-only', '-mlittle-endian'];
const stack = ['-fstack-protector-strong'];
const wanted = [
  { name: 'gcc-x86_64', command: 'gcc', flags: [...x86, ...stack, '-mno-fp-ret-in-387', '-fcf-protection=none'] },
  { name: 'clang-x86_64', command: 'clang', flags: ['--target=x86_64-linux-gnu', ...x86, ...stack] },
  { name: 'gcc-aarch64', command: 'aarch64-linux-gnu-gcc', flags: [...arm, ...stack] },
  { name: 'clang-aarch64', command: 'clang', flags: ['--target=aarch64-linux-gnu', ...arm, ...stack] },
];

const attributes = `access alias aligned alloc_align alloc_size always_inline artificial assume_aligned availability btf_decl_tag
  btf_type_tag cleanup cold common const constructor copy counted_by deprecated designated_init destructor diagnose_as_builtin
  diagnose_if disable_sanitizer_instrumentation disable_tail_calls enable_if error externally_visible fallthrough
  fd_arg flatten format format_arg function_return gnu_inline hot ifunc indirect_branch interrupt leaf malloc may_alias mode
  ms_abi ms_struct musttail naked no_address_safety_analysis no_caller_saved_registers no_icf no_instrument_function
  no_profile_instrument_function no_reorder no_sanitize no_sanitize_address no_sanitize_coverage no_sanitize_memory
  no_sanitize_thread no_sanitize_undefined no_split_stack no_stack_limit no_stack_protector no_thread_safety_analysis
  no_builtin noclone nodebug noderef nodiscard noescape noinit noinline noipa nomerge nonnull nonstring noplt noreturn nothrow
  objc_boxable optimize optnone overloadable packed pass_object_size patchable_function_entry persistent pure
  randomize_layout regparm retain returns_nonnull returns_twice scalar_storage_order section selectany sentinel simd stack_protect
  symver sysv_abi target target_clones tls_model transparent_union unavailable uninitialized unused used vector_size
  visibility warn_if_not_aligned warn_unused warn_unused_result warning weak weak_import weakref xray_always_instrument
  xray_never_instrument zero_call_used_regs zeroed btf address_space annotate assume carries_trap no_randomize_layout
  preserve_access_index preserve_all preserve_most preserve_static_offset swiftcall tainted_args type_tag_for_datatype
  unlikely likely maybe_unused null_terminated_string_arg strict_flex_array sized_by counted_by_or_null`;
const builtins = `__builtin_types_compatible_p __builtin_offsetof __builtin_choose_expr __builtin_va_arg __builtin_typeof
  __builtin_preserve_field_info __builtin_preserve_type_info __builtin_btf_type_id typeof __typeof__`;
const features = `address_sanitizer array_typeof asm_goto_with_outputs asm_goto_with_outputs_full attribute_availability
  attribute_deprecated_with_message attribute_overloadable blocks c_alignas c_alignof c_atomic c_generic_selections
  c_static_assert c_thread_local cfi_sanitizer coverage_sanitizer dataflow_sanitizer enumerator_attributes
  gnu_asm gnu_asm_goto_with_outputs gnu_asm_goto_with_outputs_full hwaddress_sanitizer kcfi leak_sanitizer
  memory_sanitizer memtag_sanitizer modules nullability overloadable_unmarked realtime_sanitizer safe_stack
  shadow_call_stack statement_attributes_with_gnu_syntax thread_sanitizer tls undefined_behavior_sanitizer xray_instrument
  c_fixed_enum datasizeof pragma_clang_attribute_namespaces`;
const warnings = `"-Wall" "-Waddress-of-packed-member" "-Wattributes" "-Wcast-function-type" "-Wcounted-by" "-Wframe-larger-than"
  "-Wimplicit-fallthrough" "-Wmaybe-uninitialized" "-Wstringop-overflow" "-Wunused" "-Wunused-but-set-variable"`;
const questions = {
  __has_attribute: attributes,
  __has_c_attribute: `${attributes} gnu::unused gnu::fallthrough`,
  __has_builtin: builtins,
  __has_feature: features,
  __has_extension: features,
  __has_declspec_attribute: 'align dllexport dllimport naked noinline noreturn novtable selectany thread',
  __has_warning: warnings,
  __is_identifier: '_Static_assert __auto_type __int128 typeof asm inline',
};

/** Names of builtins that a compiler's own files contain, those of single instructions left out. */
function builtinsOf(command) {
  const program = spawnSync(command, ['-print-prog-name=cc1'], { encoding: 'utf8' }).stdout.trim();
  const files = command === 'clang' ? clangFiles() : [program];
  const found = new Set();
  for (const file of files) {
    const text = readFileSync(file, 'latin1');
    for (const [name] of text.matchAll(/\b__(?:builtin|sync|atomic)_[A-Za-z0-9_]{2,60}(?=\0)/g)) {
      if (
        !/^__builtin_(ia32|aarch64|arm|neon|sve|altivec|vsx|HEXAGON|hexagon|mips|msa|s390|ptx|amdgcn|nv|ppc|tx|ve|wasm|riscv|r600|loongarch|bpf)_/i.test(
          name,
        )
      ) {
        found.add(name);
      }
    }
  }
  return [...found].join(' ');
}

/** Where clang's table of builtins can be: the program and the library beside it. */
function clangFiles() {
  const program = realpathSync(spawnSync('which', ['clang'], { encoding: 'utf8' }).stdout.trim());
  const folder = join(dirname(program), '../lib');
  const libraries = readdirSync(folder).filter((name) => /^libclang-cpp\.so/.test(name));
  return [program, ...libraries.map((name) => realpathSync(join(folder, name)))];
}

function preprocess(command, flags, input) {
  return spawnSync(command, [...flags, '-x', 'c', '-E', '-P', '-'], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
}

/** What an operator answers for each name, zeros left out; `undefined` if the compiler does not know the operator. */
function answers(command, flags, operator, names) {
  const known = preprocess(command, flags, `#ifdef ${operator}\nyes\n#endif\n`).stdout.includes('yes');
  if (!known) return undefined;
  const list = names.split(/\s+/).filter((name) => name !== '');
  // Each in a condition of its own: an operand that the compiler dislikes must not spoil the others.
  const text = list.map((name, i) => `#if ${operator}(${name})\nQ${i} ${operator}(${name})\n#endif\n`).join('');
  /** Names by answer. */
  const found = {};
  for (const [, i, value] of preprocess(command, flags, text).stdout.matchAll(/^Q(\d+)\s+(\d+)L?$/gm)) {
    found[value] = found[value] === undefined ? list[i] : `${found[value]} ${list[i]}`;
  }
  return found;
}

mkdirSync('server/compilers', { recursive: true });
for (const { name, command, flags } of wanted) {
  const all = [...base, ...flags];
  const macros = spawnSync(command, [...all, '-dM', '-E', '-x', 'c', '/dev/null'], { encoding: 'utf8' });
  if (macros.error || macros.status !== 0) {
    console.error(`${name}: ${macros.error?.message ?? macros.stderr}`);
    continue;
  }
  const has = {};
  for (const [operator, names] of Object.entries(questions)) {
    const more = operator === '__has_builtin' ? `${names} ${builtinsOf(command)}` : names;
    const found = answers(command, all, operator, [...new Set(more.split(/\s+/))].sort().join(' '));
    if (found !== undefined) has[operator] = found;
  }
  const lines = macros.stdout
    .split('\n')
    .filter((line) => line.startsWith('#define '))
    .map((line) => line.slice('#define '.length))
    .sort();
  const version = spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout.split('\n')[0];
  const data = { name, version, macros: lines.join('\n'), has };
  writeFileSync(`server/compilers/${name}.json`, `${JSON.stringify(data)}\n`);
  console.log(`${name}: ${version}, ${lines.length} macros`);
}
