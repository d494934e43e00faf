// What make-compilers.mjs asks each compiler besides its predefined macros: names for `__has_attribute` and its kin.

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
/** Names by operator; builtins of a compiler's own come on top. */
export const questions = {
  __has_attribute: attributes,
  __has_c_attribute: `${attributes} gnu::unused gnu::fallthrough`,
  __has_builtin: builtins,
  __has_feature: features,
  __has_extension: features,
  __has_declspec_attribute: 'align dllexport dllimport naked noinline noreturn novtable selectany thread',
  __has_warning: warnings,
  __is_identifier: '_Static_assert __auto_type __int128 typeof asm inline',
};
