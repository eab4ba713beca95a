// node host.cjs LOADER WASM LIBRARY WORK ARGS...: the WebAssembly Lean as a command, run in the folder WORK.
//
// It sees the folders LIBRARY and WORK, as far as node's permissions let it, and standard input and output.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const [loader, wasm, library, work, ...args] = process.argv.slice(2);

const pipes = {
  read: (stream, buffer, offset, length) => fs.readSync(0, buffer, offset, length, null),
  write(stream, buffer, offset, length) {
    for (let done = 0; done < length; ) {
      done += fs.writeSync(1, buffer, offset + done, length - done);
    }
    return length;
  },
};

// What the build says about itself.
console.log = console.error = () => {};
globalThis.leanModule = {
  arguments: args,
  thisProgram: '/lean/bin/lean',
  mainScriptUrlOrBlob: loader,
  locateFile: () => wasm,
  print: () => {},
  printErr: (text) => /\[DEBUG|^ {2}/.test(text) || fs.writeSync(2, text + '\n'),
  preRun: [() => {
    const { FS, NODEFS, ENV } = globalThis.leanModule;
    for (const [at, root] of [['/lean/lib/lean', library], ['/judge', work]]) {
      FS.mkdirTree(at);
      FS.mount(NODEFS, { root }, at);
    }
    for (const folder of ['/lean/bin', path.dirname(loader)]) {
      FS.mkdirTree(folder);
    }
    FS.chdir('/judge');
    Object.assign(ENV, { LEAN_SYSROOT: '/lean', LEAN_PATH: '/lean/lib/lean', HOME: '/', LLVM_PROFILE_FILE: '/tmp/p' });
  }],
  onRuntimeInitialized() {
    // Byte by byte, the terminal that the loader emulates would cost more than the proofs.
    const { streams } = globalThis.leanModule.FS;
    for (const fd of [0, 1]) {
      streams[fd].stream_ops = { ...streams[fd].stream_ops, ...pipes };
    }
  },
};
require(loader);
