#!/usr/bin/env bash
# Measures Rowan against its peers on this machine, now. See README.md.
#   bench/run.sh [sampling|training]...   both if none is named
#   SMOLLM2=DIR bench/run.sh decoding     a Hugging Face folder of SmolLM2-135M; GGUF=FILE adds llama.cpp
#   CASES="FILE..." bench/run.sh verification   lines with "gold" and "pred"
#   bench/run.sh sandbox                        isolated runs of Python; needs bubblewrap, no peers
#   bench/run.sh lean                           starts and warm proofs; needs bubblewrap and 'rowan lean install'
#   bench/run.sh fuzz                           a million texts; TEXTS=N for another number
# MODEL=DIR another model folder; PYTHON=FILE the Python that has bench/peers/requirements.txt;
# JAVA_HOME a JDK 25; BUILT=1 skips the build.
set -euo pipefail

home=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
model=${MODEL:-$home/models/rowan-nano}
python=${PYTHON:-$home/bench/target/venv/bin/python}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$home/bench/target/workload.json

die() {
  printf 'bench: %s\n' "$*" >&2
  exit 69
}

[[ -f $model/model.safetensors ]] || die "no model in $model: set MODEL to a nano model's folder"

if [[ ${BUILT:-} != 1 ]]; then
  (cd "$home" && mvn -B -ntp -q -pl bench -am package -Dmaven.test.skip -Dspotless.check.skip)
fi

rowan=(
  "$java" -Xmx2g -Xlog:disable --enable-native-access=ALL-UNNAMED --add-modules=jdk.incubator.vector
  -Dorg.bytedeco.openblas.load=mkl_rt
  -cp "$home/bench/target/rowan-bench-0.1.0.jar:$(<"$home/bench/target/classpath.txt")"
)
peer() { printf '%q ' "$python" "$home/bench/peers/$1" "$model" "$work" "${@:2}"; }
ours() { printf '%q ' "${rowan[@]}" "dev.rowan.bench.$1" "$model" "$work"; }

sampling() {
  printf '\nSampling 300 roll-outs, new tokens\n\n'
  "$python" "$home/bench/peers/compare.py" "Rowan=$(ours Sampling)" \
    "PyTorch sampler=$(peer sampler.py bf16)" \
    "transformers generate, batch 64, fp32, sdpa=$(peer generate.py fp32-sdpa)" \
    "transformers generate, batch 64, bf16, eager=$(peer generate.py bf16-eager)"
}

training() {
  printf '\nTraining steps of 4096 tokens with their padding, tokens without padding\n\n'
  "$python" "$home/bench/peers/compare.py" "Rowan=$(ours Training)" \
    "PyTorch eager, sdpa attention=$(peer training.py sdpa)" \
    "PyTorch eager, eager attention=$(peer training.py eager)"
}

verification() {
  [[ -n ${CASES:-} ]] || die "no cases: set CASES to JSONL files with \"gold\" and \"pred\" on each line"
  printf '\nComparing answers with references, one thread\n\n'
  # shellcheck disable=SC2086 # several files
  printf 'Rowan        ' && "${rowan[@]}" dev.rowan.bench.Verification $CASES
  # shellcheck disable=SC2086
  printf 'Math-Verify  ' && "$python" "$home/bench/peers/verification.py" $CASES
}

fuzz() {
  printf '\nComparing random texts, one thread, CPU time\n\n'
  "${rowan[@]}" dev.rowan.bench.FuzzedVerification "${TEXTS:-1000000}" "${SEED:-1}"
}

sandbox() {
  printf '\nIsolated runs of Python\n\n'
  "${rowan[@]}" dev.rowan.bench.SandboxRuns
}

lean() {
  printf '\nProofs by the WebAssembly Lean, one lane\n\n'
  "${rowan[@]}" dev.rowan.bench.LeanProofs
}

# One job for every side: JOB BATCH
decode() {
  printf '\n%s, batch %s\n\n' "$1" "$2"
  local sides=(
    "Rowan, bf16=$(printf '%q ' "${rowan[@]}" dev.rowan.bench.Decoding "$SMOLLM2" bfloat16 "$@")"
    "Rowan, int8=$(printf '%q ' "${rowan[@]}" dev.rowan.bench.Decoding "$SMOLLM2" int8 "$@")"
    "transformers, bf16=$(printf '%q ' "$python" "$home/bench/peers/decoding.py" "$SMOLLM2" "$@")"
  )
  if [[ -n ${GGUF:-} && $1 == plain ]]; then
    sides+=("llama.cpp=$(printf '%q ' "$python" "$home/bench/peers/llamacpp.py" "$GGUF" "$@")")
  fi
  "$python" "$home/bench/peers/compare.py" "${sides[@]}"
}

decoding() {
  [[ -f ${SMOLLM2:-}/config.json ]] || die "decoding needs SMOLLM2, the folder of a SmolLM2-135M"
  decode plain 1
  decode plain 32
  decode plain 64
  decode tree 1
  decode prompt 1
  printf '\nA token of one sequence, against reading the weights once\n\n'
  "${rowan[@]}" dev.rowan.bench.WeightReading "$SMOLLM2" bfloat16
  "${rowan[@]}" dev.rowan.bench.WeightReading "$SMOLLM2" int8
}

grep -m1 'model name' /proc/cpuinfo || true
printf '%s cores, load %s\n' "$(nproc)" "$(cut -d' ' -f1-3 /proc/loadavg)"
prepared=
for part in "${@:-sampling training}"; do
  for name in $part; do
    [[ $name == fuzz || $name == sandbox || $name == lean || -x $python ]] || die "no Python at $python: see bench/README.md, or set PYTHON"
    case $name in
      sampling | training)
        [[ -n $prepared ]] || "${rowan[@]}" dev.rowan.bench.Workload "$model" "$work"
        prepared=1
        "$name"
        ;;
      verification | fuzz | sandbox | lean | decoding) "$name" ;;
      *) die "no benchmark '$name': choose sampling, training, decoding, verification, sandbox, lean or fuzz" ;;
    esac
  done
done
