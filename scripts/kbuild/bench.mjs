// Times of reading a whole kernel's Makefiles, and of one edit of one of them.
import { readFileSync } from 'node:fs';

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const percentile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * part)];

/** Prints rows for BENCHMARKS.md: each time beside reading the same files with a warm cache. */
export async function bench(source, headers, { openHeaders, reader }, askMake) {
  const kernel = await openHeaders(headers);
  const whole = [];
  let build;
  let read;
  for (let i = 0; i < 5; i++) {
    read = reader(source, kernel);
    const start = performance.now();
    build = read();
    whole.push(performance.now() - start);
  }
  const files = [...build.inputs, ...build.buildFiles];
  const reading = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    for (const file of new Set(build.buildFiles)) readFileSync(file, 'utf8');
    reading.push(performance.now() - start);
  }
  const started = performance.now();
  const { folders } = await askMake();
  const make = performance.now() - started;
  const edited = [
    'drivers/net/ethernet/realtek/Makefile',
    'fs/ext4/Makefile',
    'drivers/net/Makefile',
    'drivers/Makefile',
  ];
  console.log(`${files.length} files looked at, ${build.buildFiles.length} read, ${build.modules.length} modules`);
  console.log('| what | figure | beside |\n|---|---|---|');
  const besides = [
    `${(median(whole) / make).toFixed(2)} × GNU make for ${folders} folders, modules and members alone (${(make / 1000).toFixed(1)} s)`,
    `${(median(whole) / median(reading)).toFixed(0)} × reading the same ${build.buildFiles.length} files (${median(reading).toFixed(0)} ms)`,
  ];
  console.log(
    `| Makefiles of a whole kernel, one core | ${(median(whole) / 1000).toFixed(2)} s | ${besides.join(', ')} |`,
  );
  for (const name of edited) {
    const path = `${source}/${name}`;
    const text = readFileSync(path, 'utf8');
    const times = [];
    for (let i = 0; i < 60; i++) {
      const start = performance.now();
      const fresh = read(path, `${text}\nobj-m += edited_${i}.o\n`);
      times.push(performance.now() - start);
      if (!fresh.modules.some((module) => module.name === `edited_${i}`))
        throw new Error(`${name}: the edit is not seen`);
    }
    read(path, text);
    const figure = `median ${median(times).toFixed(1)} ms, 95 % below ${percentile(times, 0.95).toFixed(1)} ms`;
    console.log(`| an edit of ${name} | ${figure} | ${(median(times) / median(whole)).toFixed(4)} × all of it |`);
  }
}
