import Lean.Elab.Frontend
open Lean Elab

/-!
Two jobs, for two processes that share nothing but text:

* `elaborate` reads a whole proof and writes down every declaration that the named theorem rests on;
* `check` elaborates the statement alone, hands those declarations to the kernel, and compares.

Whatever a proof's text does while it is elaborated, it does in a process that decides nothing.

The interpreter of the WebAssembly build misses the code of many generic library functions (`List.map`, `for` loops over
ranges, hash maps), so recursion is spelled out here.
-/

namespace Judge

/-! ## Text -/

def swap (s old new : String) : String := new.intercalate (s.splitOn old)

/-- One line: `\b` for a backslash, `\n` and `\r` for line breaks. -/
def escape (s : String) : String := swap (swap (swap s "\\" "\\b") "\n" "\\n") "\r" "\\r"

def unescape (s : String) : String := swap (swap (swap s "\\r" "\r") "\\n" "\n") "\\b" "\\"

def unbroken (line : String) : String := (line.splitOn "\n").headD ""

def rest (words : List String) : String := " ".intercalate words

/-! ## Elaboration -/

def firstError : List Message → IO (Option String)
  | [] => return none
  | m :: r => if m.severity == .error then return some (← m.data.toString) else firstError r

def headScope (s : Command.State) : Command.Scope := s.scopes.headD { header := "" }

/-- One command after the other, in this thread: nothing is left running when it returns. -/
partial def commands (input : Parser.InputContext) (at' : Parser.ModuleParserState) (s : Command.State) :
    IO Command.State := do
  let scope := headScope s
  let (command, next, messages) := Parser.parseCommand input
    { env := s.env, options := scope.opts, currNamespace := scope.currNamespace, openDecls := scope.openDecls }
    at' s.messages
  let s := { s with messages }
  if Parser.isTerminalCommand command then return s
  let state ← IO.mkRef s
  let context : Command.Context :=
    { fileName := input.fileName, fileMap := input.fileMap, cmdPos := at'.pos, snap? := none, cancelTk? := none }
  match ← (Command.elabCommandTopLevel command context state).toBaseIO with
  | .ok _ => commands input next (← state.get)
  | .error e => throw (IO.userError (← e.toMessageData.toString))

/-- The environment after `text`, and the first error if there is one. -/
def elaborate (base : Environment) (text : String) : IO (Environment × Option String) := do
  let options := (Options.empty.setNat `maxHeartbeats 200000).setBool `Elab.async false
  let input : Parser.InputContext := {
    inputString := text, fileName := "", fileMap := text.toFileMap
    endPos := text.rawEndPos, endPos_valid := Nat.le_refl _ }
  let done ← commands input {} (Command.mkState base {} options)
  return (done.env, ← firstError done.messages.toList)

/-! ## Writing declarations down

Every name, level and expression has a line of its own and is referred to by its number, so shared parts are written
once. Names of bound variables and notes of the elaborator are left out: they mean nothing to the kernel. -/

abbrev Table := Array (List (Expr × Nat))

def buckets : Nat := 16384

def lookUp (e : Expr) : List (Expr × Nat) → Option Nat
  | [] => none
  | (k, i) :: r => if k.hash == e.hash && k == e then some i else lookUp e r

def Table.find (t : Table) (e : Expr) : Option Nat := lookUp e (t[e.hash.toNat % buckets]!)

def Table.add (t : Table) (e : Expr) (i : Nat) : Table :=
  let at' := e.hash.toNat % buckets
  let old := t[at']!
  (t.set! at' []).set! at' ((e, i) :: old)

structure Book where
  /-- keyed by `.fvar ⟨name⟩` -/
  names : Table := .replicate buckets []
  /-- keyed by `.sort level` -/
  levels : Table := .replicate buckets []
  exprs : Table := .replicate buckets []
  nextName : Nat := 1
  nextLevel : Nat := 1
  nextExpr : Nat := 0
  seen : NameSet := {}
  out : String := ""
deriving Inhabited

def Book.line (b : Book) (s : String) : Book := { b with out := (b.out ++ s).push '\n' }

def n (i : Nat) : String := " " ++ toString i

def Book.name (b : Book) (x : Name) : Book × Nat :=
  match x with
  | .anonymous => (b, 0)
  | .str p s =>
    match b.names.find (.fvar ⟨x⟩) with
    | some i => (b, i)
    | none =>
      let (b, p) := b.name p
      let b := b.line ("s" ++ n p ++ " " ++ escape s)
      ({ b with names := b.names.add (.fvar ⟨x⟩) b.nextName, nextName := b.nextName + 1 }, b.nextName)
  | .num p k =>
    match b.names.find (.fvar ⟨x⟩) with
    | some i => (b, i)
    | none =>
      let (b, p) := b.name p
      let b := b.line ("k" ++ n p ++ n k)
      ({ b with names := b.names.add (.fvar ⟨x⟩) b.nextName, nextName := b.nextName + 1 }, b.nextName)

def Book.newLevel (b : Book) (l : Level) (s : String) : Book × Nat :=
  let b := b.line s
  ({ b with levels := b.levels.add (.sort l) b.nextLevel, nextLevel := b.nextLevel + 1 }, b.nextLevel)

partial def Book.level (b : Book) (l : Level) : Book × Nat :=
  match l with
  | .zero => (b, 0)
  | _ =>
    match b.levels.find (.sort l) with
    | some i => (b, i)
    | none =>
      match l with
      | .succ a => let (b, a) := b.level a; b.newLevel l ("S" ++ n a)
      | .max x y => let (b, x) := b.level x; let (b, y) := b.level y; b.newLevel l ("M" ++ n x ++ n y)
      | .imax x y => let (b, x) := b.level x; let (b, y) := b.level y; b.newLevel l ("I" ++ n x ++ n y)
      | .param x => let (b, x) := b.name x; b.newLevel l ("P" ++ n x)
      | _ => b.newLevel l "?"

def Book.levelList (b : Book) (ls : List Level) (acc : String) : Book × String :=
  match ls with
  | [] => (b, acc)
  | l :: r => let (b, i) := b.level l; b.levelList r (acc ++ n i)

def Book.nameList (b : Book) (xs : List Name) (acc : String) : Book × String :=
  match xs with
  | [] => (b, acc)
  | x :: r => let (b, i) := b.name x; b.nameList r (acc ++ n i)

def Book.newExpr (b : Book) (e : Expr) (s : String) : Book × Nat :=
  let b := b.line s
  ({ b with exprs := b.exprs.add e b.nextExpr, nextExpr := b.nextExpr + 1 }, b.nextExpr)

def Book.expr (b : Book) (e : Expr) : Book × Nat :=
  match b.exprs.find e with
  | some i => (b, i)
  | none =>
    match e with
    | .mdata _ x => b.expr x
    | .bvar i => b.newExpr e ("v" ++ n i)
    | .sort l => let (b, l) := b.level l; b.newExpr e ("t" ++ n l)
    | .const c us =>
      let (b, c) := b.name c
      let (b, us) := b.levelList us ""
      b.newExpr e ("c" ++ n c ++ us)
    | .app f x => let (b, f) := b.expr f; let (b, x) := b.expr x; b.newExpr e ("a" ++ n f ++ n x)
    | .lam _ t y _ => let (b, t) := b.expr t; let (b, y) := b.expr y; b.newExpr e ("l" ++ n t ++ n y)
    | .forallE _ t y _ => let (b, t) := b.expr t; let (b, y) := b.expr y; b.newExpr e ("p" ++ n t ++ n y)
    | .letE _ t v y d =>
      let (b, t) := b.expr t; let (b, v) := b.expr v; let (b, y) := b.expr y
      b.newExpr e ("z" ++ n t ++ n v ++ n y ++ (if d then " 1" else " 0"))
    | .lit (.natVal k) => b.newExpr e ("i" ++ n k)
    | .lit (.strVal s) => b.newExpr e ("w " ++ escape s)
    | .proj s i x => let (b, s) := b.name s; let (b, x) := b.expr x; b.newExpr e ("j" ++ n s ++ n i ++ n x)
    | _ => b.newExpr e "?"

def count : List Name → Nat
  | [] => 0
  | _ :: r => count r + 1

def cat (a b : List Name) : List Name := match a with | [] => b | x :: r => x :: cat r b

def used (e : Expr) : List Name := e.getUsedConstants.toList

def hints : ReducibilityHints → String
  | .opaque => " 0"
  | .abbrev => " 1"
  | .regular h => n (h.toNat + 2)

/-- The constructors of the types in `ts`, with what they and the types mention. -/
def typesUse (env : Environment) : List Name → List Name
  | [] => []
  | t :: r => match env.find? t with
    | some (.inductInfo v) => cat (used v.type) (cat (ctorsUse v.ctors) (typesUse env r))
    | _ => typesUse env r
where ctorsUse : List Name → List Name
  | [] => []
  | c :: r => match env.find? c with
    | some i => cat (used i.type) (ctorsUse r)
    | none => ctorsUse r

def Book.ctors (b : Book) (env : Environment) (cs : List Name) (acc : String) : Book × String :=
  match cs with
  | [] => (b, acc)
  | c :: r => match env.find? c with
    | some i => let (b, c) := b.name c; let (b, t) := b.expr i.type; b.ctors env r (acc ++ n c ++ n t)
    | none => b.ctors env r acc

def Book.types (b : Book) (env : Environment) (ts : List Name) (acc : String) : Book × String :=
  match ts with
  | [] => (b, acc)
  | t :: r => match env.find? t with
    | some (.inductInfo v) =>
      let (b, i) := b.name t
      let (b, ty) := b.expr v.type
      let (b, cs) := b.ctors env v.ctors ""
      b.types env r (acc ++ n i ++ n ty ++ n (count v.ctors) ++ cs)
    | _ => b.types env r acc

def Book.declare (b : Book) (kind : String) (c : ConstantVal) (value : Expr) (more : String) : Book :=
  let (b, i) := b.name c.name
  let (b, t) := b.expr c.type
  let (b, v) := b.expr value
  let (b, us) := b.nameList c.levelParams ""
  b.line (kind ++ n i ++ n t ++ n v ++ more ++ us)

def seenAll (s : NameSet) : List Name → NameSet
  | [] => s
  | x :: r => seenAll (s.insert x) r

mutual
/-- Writes what `todo` needs and `base` lacks, whatever is needed first. -/
partial def Book.need (b : Book) (base env : Environment) (todo : List Name) : Book :=
  match todo with
  | [] => b
  | x :: r =>
    if b.seen.contains x || base.contains x then b.need base env r
    else (b.constant base env x).need base env r

partial def Book.constant (b : Book) (base env : Environment) (x : Name) : Book :=
  let b := { b with seen := b.seen.insert x }
  match env.find? x with
  | none => b.line ("X " ++ escape x.toString ++ " is not known")
  | some (.defnInfo v) =>
    if v.safety != .safe then b.line ("X " ++ escape x.toString ++ " is unsafe or partial")
    else (b.need base env (cat (used v.type) (used v.value))).declare "D" v.toConstantVal v.value (hints v.hints)
  | some (.thmInfo v) =>
    (b.need base env (cat (used v.type) (used v.value))).declare "T" v.toConstantVal v.value ""
  | some (.opaqueInfo v) =>
    if v.isUnsafe then b.line ("X " ++ escape x.toString ++ " is unsafe")
    else (b.need base env (cat (used v.type) (used v.value))).declare "O" v.toConstantVal v.value ""
  | some (.inductInfo v) =>
    if v.isUnsafe then b.line ("X " ++ escape x.toString ++ " is unsafe") else
    let b := { b with seen := seenAll b.seen v.all }
    let b := b.need base env (typesUse env v.all)
    let (b, us) := b.nameList v.levelParams ""
    let (b, ts) := b.types env v.all ""
    b.line ("Y" ++ n v.numParams ++ n (count v.all) ++ ts ++ us)
  | some (.ctorInfo v) => b.need base env [v.induct]
  | some (.recInfo v) => b.need base env v.all
  | some (.axiomInfo _) => b.line ("X " ++ escape x.toString ++ " is an axiom")
  | some (.quotInfo _) => b
end

def elaborateJob (base : Environment) (name : Name) (text : String) : IO String := do
  let (env, error) ← elaborate base text
  match error with
  | some e => return "! " ++ escape e ++ "\n"
  | none => return (({} : Book).need base env [name]).out ++ ".\n"

/-! ## Reading them again, and judging -/

/-- What the library takes on trust, and a proof may not lean on. -/
def forbidden : List Name :=
  [``sorryAx, ``Lean.ofReduceBool, ``Lean.ofReduceNat, ``Lean.trustCompiler, ``Lean.reduceBool, ``Lean.reduceNat]

def permitted : List Name := [``propext, ``Classical.choice, ``Quot.sound]

structure Desk where
  base : Environment
  env : Environment
  /-- Library theorems come without their proofs, as axioms: then an axiom's name alone says nothing. -/
  bodiless : Bool
  names : Array Name := #[.anonymous]
  levels : Array Level := #[.zero]
  exprs : Array Expr := #[]

/-- Why a constant may not be used. -/
def Desk.objection (d : Desk) (c : Name) : Option String :=
  if forbidden.contains c then some ("rests on " ++ c.toString) else
  match d.base.find? c with
  | some (.axiomInfo _) =>
    if d.bodiless || permitted.contains c then none else some ("rests on the axiom " ++ c.toString)
  | _ => none

def num (s : String) : Nat := s.toNat?.getD 0

def Desk.nameAt (d : Desk) (s : String) : Name := d.names.getD (num s) .anonymous
def Desk.levelAt (d : Desk) (s : String) : Level := d.levels.getD (num s) .zero
def Desk.exprAt (d : Desk) (s : String) : Expr := d.exprs.getD (num s) (.sort .zero)

def Desk.namesAt (d : Desk) : List String → List Name
  | [] => []
  | s :: r => d.nameAt s :: d.namesAt r

def Desk.levelsAt (d : Desk) : List String → List Level
  | [] => []
  | s :: r => d.levelAt s :: d.levelsAt r

def readHints (s : String) : ReducibilityHints :=
  match num s with
  | 0 => .opaque
  | 1 => .abbrev
  | h + 2 => .regular h.toUInt32

def Desk.push (d : Desk) (e : Expr) : Except String Desk := .ok { d with exprs := d.exprs.push e }

def Desk.kernel (d : Desk) (name : Name) (decl : Declaration) : Except String Desk :=
  match d.env.addDeclCore 0 decl none with
  | .ok env => .ok { d with env }
  | .error _ => .error ("the kernel rejects " ++ name.toString)

def Desk.readCtors (d : Desk) (k : Nat) (ws : List String) : List Constructor × List String :=
  match k, ws with
  | k + 1, c :: t :: r =>
    let (cs, r) := d.readCtors k r
    ({ name := d.nameAt c, type := d.exprAt t } :: cs, r)
  | _, _ => ([], ws)

def Desk.readTypes (d : Desk) (k : Nat) (ws : List String) : List InductiveType × List String :=
  match k, ws with
  | k + 1, t :: ty :: c :: r =>
    let (ctors, r) := d.readCtors (num c) r
    let (ts, r) := d.readTypes k r
    ({ name := d.nameAt t, type := d.exprAt ty, ctors } :: ts, r)
  | _, _ => ([], ws)

/-- One line of the book. -/
def Desk.read (d : Desk) (line : String) : Except String Desk :=
  match line.splitOn " " with
  | "s" :: p :: text => .ok { d with names := d.names.push (.str (d.nameAt p) (unescape (rest text))) }
  | ["k", p, k] => .ok { d with names := d.names.push (.num (d.nameAt p) (num k)) }
  | ["S", a] => .ok { d with levels := d.levels.push (.succ (d.levelAt a)) }
  | ["M", a, b] => .ok { d with levels := d.levels.push (.max (d.levelAt a) (d.levelAt b)) }
  | ["I", a, b] => .ok { d with levels := d.levels.push (.imax (d.levelAt a) (d.levelAt b)) }
  | ["P", a] => .ok { d with levels := d.levels.push (.param (d.nameAt a)) }
  | ["v", i] => d.push (.bvar (num i))
  | ["t", l] => d.push (.sort (d.levelAt l))
  | "c" :: c :: us =>
    match d.objection (d.nameAt c) with
    | some why => .error why
    | none => d.push (.const (d.nameAt c) (d.levelsAt us))
  | ["a", f, x] => d.push (.app (d.exprAt f) (d.exprAt x))
  | ["l", t, b] => d.push (.lam .anonymous (d.exprAt t) (d.exprAt b) .default)
  | ["p", t, b] => d.push (.forallE .anonymous (d.exprAt t) (d.exprAt b) .default)
  | ["z", t, v, b, dep] => d.push (.letE .anonymous (d.exprAt t) (d.exprAt v) (d.exprAt b) (dep == "1"))
  | ["i", k] => d.push (.lit (.natVal (num k)))
  | "w" :: text => d.push (.lit (.strVal (unescape (rest text))))
  | ["j", s, i, x] => d.push (.proj (d.nameAt s) (num i) (d.exprAt x))
  | "D" :: c :: t :: v :: h :: us =>
    let name := d.nameAt c
    d.kernel name (.defnDecl { name, type := d.exprAt t, value := d.exprAt v, levelParams := d.namesAt us, hints := readHints h, safety := .safe })
  | "T" :: c :: t :: v :: us =>
    let name := d.nameAt c
    d.kernel name (.thmDecl { name, type := d.exprAt t, value := d.exprAt v, levelParams := d.namesAt us })
  | "O" :: c :: t :: v :: us =>
    let name := d.nameAt c
    d.kernel name (.opaqueDecl { name, type := d.exprAt t, value := d.exprAt v, levelParams := d.namesAt us, isUnsafe := false })
  | "Y" :: p :: k :: r =>
    let (types, us) := d.readTypes (num k) r
    d.kernel .anonymous (.inductDecl (d.namesAt us) (num p) types false)
  | "X" :: why => .error (unescape (rest why))
  | _ => .error "the elaborated proof cannot be read"

/-- Without the notes that the elaborator leaves in terms. -/
partial def bare (e : Expr) : Expr :=
  e.replace fun
    | .mdata _ x => some (bare x)
    | _ => none

def sameValue (a b : Expr) : Bool := bare a == bare b

/-- Whether two constants of the same name are the same. What the kernel derives from a type needs no comparison. -/
def sameConstant (a b : ConstantInfo) : Bool :=
  a.levelParams == b.levelParams && sameValue a.type b.type && match a, b with
  | .defnInfo x, .defnInfo y => sameValue x.value y.value
  | .opaqueInfo x, .opaqueInfo y => sameValue x.value y.value
  | .inductInfo x, .inductInfo y => x.ctors == y.ctors && x.all == y.all && x.numParams == y.numParams
  | .thmInfo _, .thmInfo _ | .ctorInfo _, .ctorInfo _ | .recInfo _, .recInfo _ => true
  | _, _ => false

def needs (c : ConstantInfo) : List Name :=
  let more := match c with
    | .inductInfo v => cat v.ctors v.all
    | .ctorInfo v => [v.induct]
    | .recInfo v => v.all
    | _ => []
  match c.value? (allowOpaque := true) with
  | some v => cat (used c.type) (cat (used v) more)
  | none => cat (used c.type) more

/-- The first of the new constants under the statement that means something else in the proof. -/
partial def different (base wanted got : Environment) (todo : List Name) (seen : NameSet) : Option Name :=
  match todo with
  | [] => none
  | x :: r =>
    if seen.contains x || base.contains x then different base wanted got r seen else
    match wanted.find? x, got.find? x with
    | some a, some b =>
      if sameConstant a b then different base wanted got (cat (needs a) r) (seen.insert x) else some x
    | _, _ => some x

partial def readBook (input : IO.FS.Stream) (d : Except String Desk) : IO (Except String Desk) := do
  let line ← input.getLine
  if line.isEmpty then return .error "the elaborated proof ends early"
  let line := unbroken line
  if line == "." then return d
  match d with
  | .ok d => readBook input (d.read line)
  | .error _ => readBook input d

def verdict (base : Environment) (d : Desk) (name : Name) (wanted : Environment) (want : ConstantInfo) : String :=
  match d.env.find? name with
  | some (.thmInfo got) =>
    if !(got.levelParams == want.levelParams && sameValue want.type got.type) then
      "incorrect it proves another statement"
    else match different base wanted d.env (used want.type) {} with
      | some x => "incorrect " ++ x.toString ++ " under the statement is defined differently"
      | none => "correct"
  | some _ => "incorrect " ++ name.toString ++ " is no theorem"
  | none => "incorrect it declares no theorem " ++ name.toString

def checkJob (base : Environment) (input : IO.FS.Stream) (name : Name) (statement : String) : IO String := do
  let (wanted, error) ← elaborate base (statement ++ " := sorry")
  let bodiless := match base.find? ``Nat.add_comm with | some (.axiomInfo _) => true | _ => false
  let book ← readBook input (.ok { base, env := base, bodiless })
  match error, wanted.find? name, book with
  | some e, _, _ => return "statement " ++ e
  | none, none, _ => return "statement it declares no " ++ name.toString
  | none, some _, .error why => return "incorrect " ++ why
  | none, some want, .ok d => return verdict base d name wanted want

/-! ## The loop -/

def job (base : Environment) (input : IO.FS.Stream) (line : String) : IO String := do
  match line.splitOn " " with
  | "elaborate" :: name :: text => elaborateJob base name.toName (unescape (rest text))
  | "check" :: name :: text => return "= " ++ escape (← checkJob base input name.toName (unescape (rest text))) ++ "\n"
  | _ => return "? unknown job\n"

partial def loop (base : Environment) (input output : IO.FS.Stream) : IO Unit := do
  let line ← input.getLine
  if line.isEmpty then return
  let answer ← try job base input (unbroken line) catch e => pure ("? " ++ escape (toString e) ++ "\n")
  output.putStr answer
  output.flush
  loop base input output

def serve (base : Environment) (input output : IO.FS.Stream) : IO Unit := do
  output.putStr ("ready " ++ Lean.versionString ++ "\n")
  output.flush
  loop base input output

def imports : List String → List Import
  | [] => []
  | m :: r => { module := m.toName } :: imports r

end Judge

/-- Tells where in memory the judge is, by asking for a file of that name, before it starts: a host that hears it can keep
the memory, and later call the judge there without doing all this again. To other hosts it is a file that does not exist. -/
public unsafe def main (modules : List String) : IO Unit := do
  initSearchPath (← findSysroot)
  let base ← importModules (loadExts := true) (trustLevel := 0) (Judge.imports modules).toArray {}
  let judge : IO Unit ← Runtime.markPersistent (Judge.serve base (← IO.getStdin) (← IO.getStdout))
  discard (System.FilePath.pathExists ("/judge-at/" ++ toString (ptrAddrUnsafe judge)))
  judge
