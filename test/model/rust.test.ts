import { expect, test } from 'vitest';
import { exportTable } from '../../server/src/core/kernel/exports';
import { pathOf, rustUses } from '../../server/src/core/model/rustuses';
import { extractFacts } from '../../server/src/core/syntax/extract';

const symbols = [
  '_RNvMNtNtCsdJ13ReMSUMg_6kernel3net3phyNtB2_6Device10start_aneg',
  '_RNvMNtNtCsdJ13ReMSUMg_6kernel3net3phyNtB2_6Device7init_hw',
  '_RNvNtNtCsdJ13ReMSUMg_6kernel4time5delay6fsleep',
  '_RNvMs_NtCsdJ13ReMSUMg_6kernel8firmwareNtB4_8Firmware7request',
  '_RNvXs0_NtNtNtCsdJ13ReMSUMg_6kernel3net3phy3regNtB5_3C22NtB5_8Register4read',
];
const exports = exportTable(symbols.map((name) => ({ name, isGplOnly: true, namespace: '', provider: 'vmlinux' })));

test('the names in a symbol of Rust', () => {
  expect(symbols.map((name) => pathOf(name).join('::'))).toEqual([
    'kernel::net::phy::Device::start_aneg',
    'kernel::net::phy::Device::init_hw',
    'kernel::time::delay::fsleep',
    'kernel::firmware::Firmware::request',
    'kernel::net::phy::reg::C22::Register::read',
  ]);
  expect(pathOf('_RNv')).toEqual([]);
  expect(pathOf('_RNvs9')).toEqual([]);
});

test('a Rust source uses the symbols whose whole path it names and whose end it calls', () => {
  const source = `use kernel::{firmware::Firmware, net::phy::{self, reg::C22}, time};
// dev.init_hw()
fn notify(dev: &mut phy::Device) { let _ = dev.start_aneg(); dev.read(C22::BMCR); fsleep(1); let _ = Firmware::request::<T>(n); }
fn init_hw_of(dev: &phy::Device) -> u8 { dev.init_hw }
`;
  const found = rustUses('/w/a.rs', extractFacts('/w/a.rs', source), exports);
  expect(found.map(([{ name }, { at }]) => [name, source.slice(at.span.start, at.span.end)])).toEqual([
    [symbols[0], 'start_aneg'],
    [symbols[3], 'request'],
  ]);
});
