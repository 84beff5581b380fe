#!/bin/sh
# Finds a Python that this folder has packages for; install.py does the rest.
#   sh install.sh [FOLDER] [--carry-over OLD_FOLDER]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
  version=$("$name" -c 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])' \
    2>/dev/null) || continue
  if [ -f "$here/requirements/linux-py$version.txt" ]; then
    exec "$name" "$here/install.py" "$@"
  fi
done
cat >&2 <<END
このフォルダが対応する Python（venv つき）が見つかりません。対応:
No Python (with venv) that this folder has packages for was found. It has:
$(cd "$here/requirements" && ls linux-*.txt 2>/dev/null)
Debian / Ubuntu: sudo apt install python3-venv
END
exit 1
