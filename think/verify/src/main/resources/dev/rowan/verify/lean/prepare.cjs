// node prepare.cjs LEAN_JS OUT: makes the loader of the WebAssembly Lean fit for a judge.
//
// The packaged loader binds each of the module's 200,000 exports to a variable of its own, gives each a place in the
// function table, and mounts the host's folders. A judge needs some fifty of the exports, table places on demand, and no
// host folder at all.
'use strict';
const fs = require('node:fs');

const [source, target] = process.argv.slice(2);
let text = fs.readFileSync(source, 'latin1');

function replace(what, by) {
  const parts = text.split(what);
  if (parts.length !== 2) {
    throw new Error(`${source} holds ${parts.length - 1} times, not once: ${what.slice(0, 80)}`);
  }
  text = parts.join(by);
}

// "var _main,...;function assignWasmExports(wasmExports){_main=Module["_main"]=wasmExports["main"];...}var wasmImports;"
const binder = text.indexOf('function assignWasmExports(');
const names = text.lastIndexOf('var _main,', binder);
const after = text.indexOf('var wasmImports;', binder);
const [head, tail] = [text.slice(0, names), text.slice(after)];
const mentioned = new Set((head + tail).match(/[\w$]+/g));
const declared = text.slice(names + 'var '.length, binder).replace(/;\s*$/, '').split(',').filter((n) => mentioned.has(n));
const bound = [];
for (const [, name, symbol, value] of text.slice(binder, after).matchAll(/([\w$]+)=(?:Module\["[^"]+"\]=)?wasmExports\["([^"]+)"\](\.value)?/g)) {
  if (mentioned.has(name)) {
    bound.push(`${name}=wasmExports["${symbol}"]${value ?? ''}`);
  }
}
text = `${head}var ${declared.join(',')};function assignWasmExports(wasmExports){${bound.join(';')}}${tail}`;

// The caller says how to start; threads start as they are told.
replace('var Module=typeof Module!="undefined"?Module:{};', 'var Module=globalThis.leanModule??{};');
// The function table grows by thousands, not 200,000 times by one; nobody needs the address of what nobody imports.
replace('return wasmTable["grow"](1)',
  'var first=wasmTable["grow"](4096);for(var i=4095;i>0;i--)freeTableIndexes.push(first+i);return first');
replace('GOT[symName]??=new WebAssembly.Global({value:"i32",mutable:true});GOT[symName].value=newValue',
  'if(GOT[symName])GOT[symName].value=newValue');
// A look-up by name goes straight to the name; only a name that is new to the table is numbered, for other threads.
replace('newSymIndex=Object.keys(lib.exports).indexOf(symbol);if(newSymIndex==-1||lib.exports[symbol].stub)',
  'if(!Object.hasOwn(lib.exports,symbol)||lib.exports[symbol].stub)');
replace('(growMemViews(),HEAPU32)[symbolIndex>>2]=newSymIndex',
  'lib.numbers??=new Map(Object.keys(lib.exports).map((name,i)=>[name,i]));' +
  '(growMemViews(),HEAPU32)[symbolIndex>>2]=lib.numbers.get(symbol)');
// No folder of the host.
replace('FS.mount(NODEFS,{root:"/home"},"/home");FS.mount(NODEFS,{root:"/tmp"},"/tmp");', '');
replace('FS.chdir(cwd)}else{', '}else{');
// What node's permissions refuse is an error to Lean too, not a success.
replace('return ERRNO_CODES[code]}', 'return ERRNO_CODES[code]||63}');
replace('var flags=process.binding("constants")["fs"]', 'var flags=require("fs").constants');
// Threads are made when Lean asks for them.
replace('pthreadPoolSize=4', 'pthreadPoolSize=0');
fs.writeFileSync(target, text, 'latin1');
