import { describe, expect, it } from 'vitest';
import { extractFacts } from '../../server/src/core/syntax/extract';

const source = `// SPDX-License-Identifier: GPL-2.0
//! A driver's documentation.
use kernel::prelude::*;

kernel::module_phy_driver! {
    drivers: [PhyQT2025],
    device_table: [phy::DeviceId::new_with_driver::<PhyQT2025>()],
    name: "qt2025_phy",
    authors: ["license: nobody"],
    description: "PHY driver",
    license: "GPL",
}

fn other<'a>(x: &'a str) { println!("license: {}", x); let y = Config { license: "MIT" }; }
`;

describe('Rust sources', () => {
  it('say their license and description in the macro that makes the module', () => {
    const { invocations, spdx } = extractFacts('/w/qt2025.rs', source);
    expect(invocations.map(({ name, arguments: [first] }) => [name, first?.pieces[0]?.value])).toEqual([
      ['MODULE_DESCRIPTION', 'PHY driver'],
      ['MODULE_LICENSE', 'GPL'],
    ]);
    const span = invocations[1]?.arguments[0]?.span;
    expect(source.slice(span?.start, span?.end)).toBe('"GPL"');
    expect(spdx[0]?.text).toBe('GPL-2.0');
  });
});
