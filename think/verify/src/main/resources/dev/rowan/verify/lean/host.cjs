// The WebAssembly Lean, from an image of its memory. Elaborating Judge.lean and loading what it imports takes 10 s and more;
// an image of a process that has done so makes another like it in one.
//
//   node host.cjs make LOADER WASM LIBRARY WORK ARGS...   runs Lean in the folder WORK until the judge is ready, and writes
//                                                         the image to standard output
//   node host.cjs serve LOADER                            is that judge, at standard input and output; descriptor 6 is open
//                                                         on the WebAssembly code, 7 on the image
//
// An image is a page that holds its kind, the address of the judge (a closure of Lean), the stack pointer and the size of
// the memory in pages of 64 KiB, as 32-bit numbers; then the memory.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const KIND = 0x4e41454c;
const HEAD = 4096;
const PAGE = 65536;
const CODE = 6;
const IMAGE = 7;

const [role, loader, ...rest] = process.argv.slice(2);

// What the build says about itself.
console.log = console.error = () => {};

const memory = new WebAssembly.Memory({ initial: 256, maximum: 32768, shared: true });
const lean = (globalThis.leanModule = {
  thisProgram: '/lean/bin/lean',
  mainScriptUrlOrBlob: loader,
  wasmMemory: memory,
  print: () => {},
  printErr: (text) => /\[DEBUG|^ {2}/.test(text) || fs.writeSync(2, text + '\n'),
});

const nap = new Int32Array(new SharedArrayBuffer(4));

/** Node opens pipes such that a write to a full one fails. */
function writeAll(fd, bytes) {
  for (let done = 0; done < bytes.length; ) {
    try {
      done += fs.writeSync(fd, bytes, done, Math.min(bytes.length - done, 1 << 24));
    } catch (e) {
      if (e.code !== 'EAGAIN') {
        throw e;
      }
      Atomics.wait(nap, 0, 0, 1);
    }
  }
}

function makeFolders(...folders) {
  folders.forEach((folder) => lean.FS.mkdirTree(folder));
}

const roles = {
  make([wasm, library, work, ...args]) {
    lean.arguments = args;
    lean.locateFile = () => wasm;
    lean.preRun = [() => {
      const { FS, NODEFS, ENV } = lean;
      makeFolders('/lean/lib/lean', '/judge', '/lean/bin', path.dirname(loader));
      FS.mount(NODEFS, { root: library }, '/lean/lib/lean');
      FS.mount(NODEFS, { root: work }, '/judge');
      FS.chdir('/judge');
      Object.assign(ENV, { LEAN_SYSROOT: '/lean', LEAN_PATH: '/lean/lib/lean', HOME: '/', LLVM_PROFILE_FILE: '/tmp/p' });
      const stat = FS.stat;
      FS.stat = (file, ...more) => (file.startsWith('/judge-at/') ? writeImage(path.basename(file)) : stat(file, ...more));
    }];
  },

  serve() {
    lean.noInitialRun = true;
    let code = {};
    lean.instantiateWasm = (imports, receive) => {
      const module = new WebAssembly.Module(fs.readFileSync(CODE));
      const instance = new WebAssembly.Instance(module, imports);
      code = instance.exports;
      receive(instance, module);
      return {};
    };
    lean.preRun = [() => makeFolders('/lean/bin', path.dirname(loader))];
    lean.onRuntimeInitialized = () => {
      usePipes();
      const [judge, stack] = readImage();
      // The frames below stay as they are: objects of Lean's own lie there. Nobody returns to them.
      lean.stackRestore(stack);
      // The threads that waited for work when the image was made are not here.
      code.lean_init_task_manager();
      code.lean_apply_1(judge, 1);
      process.exit(0);
    };
  },
};

/** Waits until Lean's other threads have nothing left to do, writes the image and ends this process. */
function writeImage(judge) {
  for (let before = -1, spent = -2; spent - before > 20_000 || before < 0; ) {
    before = spent;
    Atomics.wait(nap, 0, 0, 500);
    const { user, system } = process.cpuUsage();
    spent = user + system;
  }
  const head = new Uint8Array(HEAD);
  head.set(new Uint8Array(new Uint32Array([KIND, Number(judge), lean.stackSave(), memory.buffer.byteLength / PAGE]).buffer));
  writeAll(1, head);
  writeAll(1, new Uint8Array(memory.buffer));
  process.reallyExit(0);
}

/** Fills the memory from the image; the judge's address and the stack pointer. */
function readImage() {
  const head = new Uint32Array(HEAD / 4);
  fs.readSync(IMAGE, head, 0, HEAD, 0);
  const [kind, judge, stack, pages] = head;
  if (kind !== KIND) {
    throw new Error('not an image of a judge');
  }
  memory.grow(pages - memory.buffer.byteLength / PAGE);
  const bytes = new Uint8Array(memory.buffer);
  for (let at = 0; at < bytes.length; ) {
    const read = fs.readSync(IMAGE, bytes, at, Math.min(1 << 24, bytes.length - at), HEAD + at);
    if (read === 0) {
      throw new Error('the image ends early');
    }
    at += read;
  }
  return [judge, stack];
}

/** Byte by byte, the terminal that the loader emulates would cost more than the proofs. */
function usePipes() {
  const { streams } = lean.FS;
  const read = (stream, buffer, offset, length) => fs.readSync(0, buffer, offset, length, null);
  const write = (stream, buffer, offset, length) => {
    writeAll(1, buffer.subarray(offset, offset + length));
    return length;
  };
  for (const fd of [0, 1]) {
    streams[fd].stream_ops = { ...streams[fd].stream_ops, read, write };
  }
}

roles[role](rest);
require(loader);
