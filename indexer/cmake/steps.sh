# shellcheck shell=bash
# Numbered steps for `quickstart` and `check`: each prints one line with its elapsed seconds,
# writes its details to build/logs/, and on failure shows the end of that log, what failed and
# what to try. Source it from a script that has `set -euo pipefail` and stands in the root.

steps_total=0 # set by the caller
steps_done=0
steps_log=""
steps_ticker=""
steps_began=0
steps_beside_log=""
steps_beside_pid=""
readonly steps_packages="indexer/cmake/debian-packages.txt"
readonly steps_cmake_minimum="3.25"

steps_stop_ticker() {
  if [[ -n "$steps_ticker" ]]; then
    kill "$steps_ticker" 2>/dev/null || true
    wait "$steps_ticker" 2>/dev/null || true
    steps_ticker=""
  fi
}
trap steps_stop_ticker EXIT
trap 'steps_stop_ticker; printf "\ninterrupted; running it again goes on from here\n" >&2; exit 130' INT TERM

# Shows where a step is: every second on a terminal, every 30 seconds in a log.
steps_tick() { # LABEL LOG
  local since=$SECONDS where pause=30
  [[ -t 1 ]] && pause=1
  # The sleep must not hold our output: a pipe behind us would wait for it.
  while sleep "$pause" >/dev/null 2>&1; do
    where=$(tail -c 400 "$2" 2>/dev/null | tr '\r' '\n' | sed -n 's/^\(\[[0-9]*\/[0-9]*\]\).*/\1/p;s/^ *\([0-9]*\/[0-9]*\) Test .*/[\1]/p' | tail -n 1)
    if [[ -t 1 ]]; then
      printf '\r\033[K%s %d s %s' "$1" "$((SECONDS - since))" "$where"
    else
      printf ' %d s %s ..' "$((SECONDS - since))" "$where"
    fi
  done
}

steps_start_ticker() { # LABEL
  steps_began=$SECONDS
  steps_tick "$1" "$steps_log" &
  steps_ticker=$!
}

steps_end_line() { # LABEL
  steps_stop_ticker
  if [[ -t 1 ]]; then printf '\r\033[K%s' "$1"; fi
  printf ' %d s\n' "$((SECONDS - steps_began))"
}

steps_fail() { # WHAT ADVICE
  printf '\nFAILED: %s\n' "$1" >&2
  if [[ -s "$steps_log" ]]; then printf 'The whole log is in %s.\n' "$steps_log" >&2; fi
  printf '%s\n' "$2" >&2
  exit 1
}

# Runs a function or command as the next step. Must not be called from a condition: bash would
# then go on after a failed command inside it.
step() { # NAME ADVICE COMMAND...
  local name=$1 advice=$2 status=0 label
  shift 2
  steps_begin "$name"
  label="[$steps_done/$steps_total] $name ..."
  printf '%s' "$label"
  steps_start_ticker "$label"
  set +e
  (
    set -e
    "$@"
  ) </dev/null >"$steps_log" 2>&1
  status=$?
  set -e
  steps_end_line "$label"
  if ((status != 0)); then
    printf '\n' >&2
    steps_excerpt "$steps_log" >&2
    steps_fail "$name (exit status $status)" "$advice"
  fi
}

steps_begin() { # NAME
  steps_done=$((steps_done + 1))
  steps_log="build/logs/$(printf '%02d' "$steps_done")-${1//[^A-Za-z0-9]/-}.log"
  mkdir -p build/logs
  : >"$steps_log"
}

# The part of a log that explains a failure: the first errors of a compiler where it has any,
# else its end; never more than a screen.
steps_excerpt() { # LOG
  local mistake='(^[^ ]+:[0-9]+.* error: |CMake Error|undefined reference|multiple definition)'
  if grep -qE "$mistake" "$1"; then
    grep -E -A 6 -m 3 "$mistake" "$1" | cut -c1-160 | head -n 30
  else
    tail -n 30 "$1" | cut -c1-160
  fi
}

steps_packages_of() { # GROUP...
  local group
  for group in "$@"; do
    sed -n "/^\[$group\]\$/,/^\[/p" "$steps_packages" | grep -E '^[a-z0-9]' || true
  done
}

# Prints those packages of the groups that are not installed, one a line.
steps_missing() { # GROUP...
  local package
  for package in $(steps_packages_of "$@"); do
    [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] ||
      printf '%s\n' "$package"
  done
}

# Runs a function beside the steps that follow; steps_join waits for it and shows it as a step.
steps_beside() { # NAME COMMAND...
  local name=$1
  shift
  steps_beside_log="build/logs/beside-${name//[^A-Za-z0-9]/-}.log"
  mkdir -p build/logs
  (
    set -e
    "$@"
  ) </dev/null >"$steps_beside_log" 2>&1 &
  steps_beside_pid=$!
}

steps_join() { # NAME ADVICE
  step "$1" "$2" steps_await
}

steps_await() {
  # A child of the shell that called us, not ours: `wait` cannot be used here.
  while kill -0 "$steps_beside_pid" 2>/dev/null; do sleep 0.5; done
  cat "$steps_beside_log"
  grep -q '^done$' "$steps_beside_log"
}

# Installs what is missing of the groups: the first step of both scripts. One call of sudo at
# most, so at most one question; none where everything is there.
steps_install() { # GROUP...
  local missing began=$SECONDS command status=0 as_root=()
  steps_begin packages
  printf '[%d/%d] packages ...' "$steps_done" "$steps_total"
  if ! command -v dpkg-query >/dev/null; then
    printf ' this is not Debian: nothing is installed (docs/building.md lists what is needed)\n'
    return 0
  fi
  missing=$(steps_missing "$@" | tr '\n' ' ')
  if [[ -z "$missing" ]]; then
    printf ' all there, %d s\n' "$((SECONDS - began))"
    return 0
  fi
  printf ' installing %s\n' "${missing% }"
  command="export DEBIAN_FRONTEND=noninteractive; apt-get update -q"
  command+=" && apt-get install -qy --no-install-recommends ${missing% }"
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      steps_fail "packages are missing, and this user is not root and has no sudo" \
        "Ask an administrator to run: apt-get install ${missing% }"
    fi
    printf '      sudo is used for this one command: apt-get install\n'
    as_root=(sudo)
  fi
  set +e
  ${as_root[@]+"${as_root[@]}"} sh -c "$command" </dev/null >"$steps_log" 2>&1
  status=$?
  set -e
  if ((status != 0)); then
    tail -n 20 "$steps_log" | cut -c1-160 >&2
    steps_fail "installing packages (exit status $status)" \
      "Is the network there, and is this Debian 12 or newer? By hand: apt-get install ${missing% }"
  fi
  printf '      installed, %d s\n' "$((SECONDS - began))"
}

# Fails early, with a sentence, where the tools are too old to read the presets.
steps_need_cmake() {
  local found=""
  command -v cmake >/dev/null && found=$(cmake --version | sed -n '1s/[^0-9]*//p')
  if [[ "$(printf '%s\n' "$steps_cmake_minimum" "${found:-0}" | sort -V | head -n 1)" != "$steps_cmake_minimum" ]]; then
    steps_fail "CMake $steps_cmake_minimum or newer is needed; found: ${found:-none}" \
      "Debian 12 has it: apt-get install cmake"
  fi
}
