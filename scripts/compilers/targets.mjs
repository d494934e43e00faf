// The targets of which make-compilers.mjs asks, and the flags that change what a compiler predefines for them. A flag that
// a compiler refuses or that changes nothing leaves no trace in the data.

/** Flags of a kernel's build that all its architectures share; every answer is one under them. */
export const commonBase = [
  ...['-std=gnu11', '-O2', '-fno-PIE', '-fno-strict-aliasing', '-fshort-wchar', '-fstack-protector-strong'],
  ...['-fno-asynchronous-unwind-tables', '-fno-unwind-tables'],
];

/** Flags of any target that are tried one by one on top of the base. */
export const commonSwitches = words(`
  -std=gnu89 -std=gnu90 -std=gnu99 -std=gnu17 -std=gnu2x -std=gnu23 -std=c99 -std=c11 -std=c17 -std=c23
  -O0 -O1 -O3 -Os -Og -Oz -ffreestanding -fhosted -fno-builtin -fPIE -fpie -fPIC -fpic
  -fno-stack-protector -fstack-protector -fstack-protector-all -funsigned-char -fsigned-char -fno-short-wchar -fshort-enums
  -fno-short-enums -fsanitize=kernel-address -fsanitize=kernel-hwaddress -fsanitize=thread -fsanitize=kernel-memory
  -fsanitize=kcfi -fsanitize=shadow-call-stack -fsanitize=undefined -fcf-protection=none -fcf-protection=branch
  -fcf-protection=full -fasynchronous-unwind-tables -fexceptions -fopenmp -pthread -fms-extensions -fgnu89-inline -flto
  -flto=thin -ffast-math -mbig-endian -mlittle-endian -EB -EL`);

const x86 = words('-mno-sse -mno-mmx -mno-sse2 -mno-3dnow -mno-avx -mno-80387');
const x86Switches = words(`
  -msse -msse2 -mmmx -m80387 -mhard-float -march=native -march=x86-64-v2 -march=x86-64-v3 -march=x86-64-v4 -march=k8
  -march=nocona -march=core2 -march=atom -march=i486 -march=i586 -march=pentium-mmx -march=k6 -march=athlon -march=geode
  -march=winchip2 -march=c3 -march=c3-2 -mindirect-branch=thunk-extern -mretpoline-external-thunk -mgeneral-regs-only
  -mlong-double-64 -malign-double`).filter((flag) => flag !== '-march=native');
const mips = words('-G 0 -mno-abicalls -fno-pic -msoft-float -ffreestanding');
const mipsSwitches = words(`
  -mhard-float -march=mips1 -march=mips2 -march=mips3 -march=mips4 -march=mips32 -march=mips32r2 -march=mips32r5
  -march=mips32r6 -march=mips64 -march=mips64r2 -march=mips64r5 -march=mips64r6 -march=octeon -march=octeon+ -march=octeon3
  -march=loongson2e -march=loongson2f -march=loongson3a -march=r4600 -march=r5000 -march=r10000 -march=sb1 -march=p5600
  -march=r3000 -march=r4300 -march=rm7000 -march=xlp -mmicromips -mips16 -msmartmips -mfp64 -mfpxx -mfp32 -mmsa -mvirt -mxpa
  -mginv -mcrc -mdsp -msym32 -mno-micromips`);
const riscv = words('-mno-save-restore -mcmodel=medany -mstrict-align');
/** Of an ISA string that is not listed, the extensions are added up. */
const riscvExtensions = words(`
  c f d v zicsr zifencei zicbom zicboz zicbop zihintpause zawrs zba zbb zbs zbc zbkb zbkc zbkx zacas zabha zalrsc zaamo zfa
  zfh zvfh svinval`).map((name) => (name.length > 1 ? `_${name}` : name));
const riscvSwitches = (bits) => [
  ...riscvExtensions.map((extension) => `-march=${bits}ima+${extension}`),
  ...words('-mno-strict-align -mcmodel=medlow -mabi=lp64d -mabi=lp64f -mabi=ilp32d'),
];
const power = words('-msoft-float -mno-altivec -mno-vsx -mno-spe');
const powerSwitches = words(`
  -mabi=elfv1 -mabi=elfv2 -mhard-float -maltivec -mvsx -mcpu=power4 -mcpu=power5 -mcpu=power6 -mcpu=power7 -mcpu=power8
  -mcpu=power9 -mcpu=power10 -mcpu=power11 -mcpu=powerpc64 -mcpu=powerpc64le -mcpu=970 -mcpu=cell -mcpu=e5500 -mcpu=e6500
  -mcpu=e500mc -mcpu=8540 -mcpu=8548 -mcpu=405 -mcpu=440 -mcpu=464 -mcpu=476 -mcpu=603e -mcpu=7450 -mcpu=860 -mcpu=G4
  -mcmodel=medium -mno-pcrel -mno-prefixed -mlong-double-128 -mlong-double-64 -mspe=no`);

/**
 * A target's file has its name; `gcc` is the prefix of gcc's commands, `clang` what follows `--target=`. `base` is what a
 * kernel's build gives at least, `switches` what it may give.
 */
export const targets = [
  {
    name: 'x86_64',
    gcc: 'x86_64-linux-gnu',
    clang: 'x86_64-linux-gnu',
    base: ['-m64', ...x86, '-mcmodel=kernel'],
    switches: x86Switches,
  },
  {
    name: 'i386',
    gcc: 'i686-linux-gnu',
    clang: 'i386-linux-gnu',
    base: ['-m32', '-march=i686', ...x86],
    switches: [...x86Switches, '-mregparm=3', '-mrtd'],
  },
  {
    name: 'aarch64',
    gcc: 'aarch64-linux-gnu',
    clang: 'aarch64-linux-gnu',
    base: words('-mgeneral-regs-only -mlittle-endian'),
    switches:
      words(`-mno-general-regs-only -mbranch-protection=none -mbranch-protection=pac-ret -mbranch-protection=pac-ret+leaf
      -mbranch-protection=pac-ret+leaf+bti -mbranch-protection=pac-ret+bti -mbranch-protection=bti -mbranch-protection=standard
      -msign-return-address=non-leaf -msign-return-address=all -mno-outline-atomics -moutline-atomics -mstrict-align
      -mcmodel=large -mcmodel=tiny -march=armv8-a -march=armv8.1-a -march=armv8.2-a -march=armv8.3-a -march=armv8.4-a
      -march=armv8.5-a -march=armv8-a+simd -march=armv8-a+crc`),
  },
  {
    name: 'arm',
    gcc: 'arm-linux-gnueabi',
    clang: 'arm-linux-gnueabi',
    base: words('-march=armv7-a -marm -msoft-float -mabi=aapcs-linux -mlittle-endian -mno-unaligned-access'),
    switches:
      words(`-mthumb -mfloat-abi=softfp -mfloat-abi=hard -mhard-float -mfpu=vfp -mfpu=vfpv3 -mfpu=neon -mabi=apcs-gnu
      -mabi=aapcs -march=armv4 -march=armv4t -march=armv5te -march=armv5t -march=armv6 -march=armv6k -march=armv6t2
      -march=armv7-m -march=armv7-r -march=armv7ve -march=armv8-a -munaligned-access -mno-thumb-interwork -mthumb-interwork`),
  },
  {
    name: 'riscv64',
    gcc: 'riscv64-linux-gnu',
    clang: 'riscv64-linux-gnu',
    base: ['-march=rv64ima', '-mabi=lp64', ...riscv],
    switches: riscvSwitches('rv64'),
  },
  {
    name: 'riscv32',
    gcc: 'riscv64-linux-gnu',
    clang: 'riscv32-linux-gnu',
    base: ['-march=rv32ima', '-mabi=ilp32', ...riscv],
    switches: riscvSwitches('rv32'),
  },
  {
    name: 'powerpc64',
    gcc: 'powerpc64-linux-gnu',
    clang: 'powerpc64-linux-gnu',
    base: ['-m64', '-mbig-endian', ...power],
    switches: powerSwitches,
  },
  {
    name: 'powerpc64le',
    gcc: 'powerpc64le-linux-gnu',
    clang: 'powerpc64le-linux-gnu',
    base: ['-m64', '-mlittle-endian', '-mcpu=power8', ...power],
    switches: powerSwitches,
  },
  {
    name: 'powerpc',
    gcc: 'powerpc-linux-gnu',
    clang: 'powerpc-linux-gnu',
    base: ['-m32', '-mbig-endian', ...power],
    switches: powerSwitches,
  },
  {
    name: 's390x',
    gcc: 's390x-linux-gnu',
    clang: 's390x-linux-gnu',
    base: words('-m64 -march=z10 -msoft-float -mbackchain'),
    switches:
      words(`-mpacked-stack -mhard-float -march=z196 -march=zEC12 -march=z13 -march=z14 -march=z15 -march=z16 -march=z17
      -march=arch11 -march=arch12 -march=arch13 -march=arch14 -mvx -mno-vx`),
  },
  {
    name: 'mips',
    gcc: 'mipsel-linux-gnu',
    clang: 'mips-linux-gnu',
    base: ['-EB', '-mabi=32', '-march=mips32r2', ...mips],
    switches: mipsSwitches,
  },
  {
    name: 'mips64',
    gcc: 'mips64el-linux-gnuabi64',
    clang: 'mips64-linux-gnuabi64',
    base: ['-EB', '-mabi=64', '-march=mips64r2', ...mips],
    switches: mipsSwitches,
  },
  {
    name: 'loongarch64',
    gcc: 'loongarch64-linux-gnu',
    clang: 'loongarch64-linux-gnu',
    base: words('-march=loongarch64 -mabi=lp64s -msoft-float'),
    switches: words(
      '-mabi=lp64d -mabi=lp64f -march=la464 -march=la64v1.0 -march=la64v1.1 -mstrict-align -mno-strict-align',
    ),
  },
];

function words(text) {
  return text.trim().split(/\s+/);
}
