# What GNU make itself says of one folder of a kernel's source: run by scripts/conformance-kbuild.mjs on the kernel's
# sources with obj=FOLDER AUTO_CONF=FILE. Prints a line for each folder below and for each module with its objects.
obj-y :=
obj-m :=
lib-y :=
lib-m :=
src := $(obj)
srctree := .
objtree := .
include $(AUTO_CONF)
include scripts/Kbuild.include
include scripts/Makefile.compiler
ifeq ($(obj),.)
# The folders of an architecture are listed in its Makefile, and the top Makefile exports them with its own.
libs-y := lib/
include arch/$(SRCARCH)/Makefile
ARCH_CORE := $(core-y)
ARCH_LIB := $(filter %/,$(libs-y))
ARCH_DRIVERS := $(drivers-y) $(drivers-m)
endif
include $(or $(wildcard $(obj)/Kbuild),$(obj)/Makefile)

subfolders := $(sort $(filter %/,$(obj-y) $(obj-m)))
modules := $(filter-out $(obj-y),$(filter %.o,$(obj-m)))
parts = $(strip $(foreach suffix,-objs -y -m,$($(1:%.o=%$(suffix)))))
is-composite = $(strip $(foreach suffix,-objs -y -m -,$($(1:%.o=%$(suffix)))))
$(foreach folder,$(subfolders),$(info folder $(folder)))
$(foreach module,$(modules),$(info module $(module) $(if $(call is-composite,$(module)),$(call parts,$(module)),$(module))))

.DEFAULT_GOAL := nothing
.PHONY: nothing
nothing: ;
