#!/usr/bin/env bash
# Tries what the offline manual promises (Linux, by hand): makes a bundle with the network, then
# installs from it and serves the map without one. The network is cut before the installation.
#   tools/try_bundle.sh [FOLDER]     (root, or a user who may `unshare --net`)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

if [ "${1:-}" = --inside ]; then
  # Here there is no network but the loopback of this namespace.
  ip link set lo up
  work=$2
  SECONDS=0
  sh "$work/bundle/install.sh" "$work/ward"
  echo "installed in $SECONDS s"
  cd "$work/ward"
  SECONDS=0
  .venv/bin/ebpm run --port 8599 >"$work/run.log" 2>&1 &
  server=$!
  trap 'kill "$server" 2>/dev/null || true' EXIT
  for _ in $(seq 120); do
    .venv/bin/python - <<'PY' && break
import sys, urllib.request
try:
    sys.exit(urllib.request.urlopen("http://127.0.0.1:8599/_stcore/health", timeout=2).read() != b"ok")
except OSError:
    sys.exit(1)
PY
    kill -0 "$server" || { cat "$work/run.log"; exit 1; }
    sleep 1
  done
  echo "serving after $SECONDS s"
  .venv/bin/python -c 'from pipelines.warehouse import open_edition
print(len(open_edition().frame("mart.shapes", level="area")), "areas in the edition")'
  # With the set-up done, make finds nothing to do and asks no network.
  make --silent run ARGS=--help >/dev/null
  if grep -iE 'traceback|getaddrinfo|name resolution|unreachable' "$work/run.log"; then exit 1; fi
  exit 0
fi

work=$(realpath -m "${1:-$(mktemp -d)}")
mkdir -p "$work/home"
rm -rf "$work/bundle" "$work/ward"
python3 tools/bootstrap.py setup
.venv/bin/ebpm bundle "$work/bundle" --platform linux
du -sh "$work/bundle"
env -i PATH="$PATH" HOME="$work/home" LANG=C.UTF-8 \
  unshare --net bash "$root/tools/try_bundle.sh" --inside "$work"
echo "tried in $work"
