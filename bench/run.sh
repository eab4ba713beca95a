#!/usr/bin/env bash
# Measures Rowan against its peers on this machine, now. See README.md.
#   bench/run.sh [sampling|training]...   both if none is named
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
[[ -x $python ]] || die "no Python at $python: see bench/README.md, or set PYTHON"

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

"${rowan[@]}" dev.rowan.bench.Workload "$model" "$work"
grep -m1 'model name' /proc/cpuinfo || true
printf '%s cores, load %s\n' "$(nproc)" "$(cut -d' ' -f1-3 /proc/loadavg)"
for part in "${@:-sampling training}"; do
  for name in $part; do
    case $name in
      sampling | training) "$name" ;;
      *) die "no benchmark '$name': choose sampling or training" ;;
    esac
  done
done
