#!/usr/bin/env node
// Runs the program for this system, which lies in a package of its own.
'use strict';
const { spawnSync } = require('node:child_process');
const systems = require('./systems.json');

const system = `${process.platform}-${process.arch}`;
const name = systems[system];
if (!name) {
  console.error(`There is no package of Guidepost for ${system}; there are: ${Object.keys(systems).join(', ')}.`);
  process.exit(2);
}
let program;
try {
  program = require.resolve(`${name}/guidepost${process.platform === 'win32' ? '.exe' : ''}`);
} catch {
  console.error(`The package ${name} is missing. Install again, without leaving out optional packages.`);
  process.exit(2);
}
const ended = spawnSync(program, process.argv.slice(2), { stdio: 'inherit' });
if (ended.error) {
  console.error(`${program} cannot be run: ${ended.error.message}`);
  process.exit(2);
}
process.exit(ended.status ?? 1);
