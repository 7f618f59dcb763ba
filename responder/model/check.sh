#!/usr/bin/env bash
# Searches the responder's protocol whole, and shows that each guard is needed: the sound protocol must have no error, each
# protocol without a guard must break the property that the guard is for.
#
#   check.sh             everything; exit 1 if something is not as it should be
#   check.sh NAME…       only these, with the messages of the counterexample
#
# Needs spin and a C compiler; without them it says so and exits 0.
set -euo pipefail
model="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/remedy.pml"

for tool in spin gcc; do
  if ! command -v "$tool" >/dev/null; then
    echo "skipped: $tool is not installed (apt-get install $tool)"
    exit 0
  fi
done

# name | what must break, or "sound" | flags. A search is for safety unless TERMINATION is among its flags.
pair="-DCALM -DNO_COPIES -DSENDS0=1 -DROUNDS0=1"
runs=(
  "pair|sound|-DNO_COPIES"
  "alone|sound|-DONE"
  "alone-unbound|sound|-DONE -DNO_COPIES -DUNBOUND"
  "alone-retention|sound|-DONE -DRETENTION"
  "alone-takes-captured|sound|-DONE -DTAKES_CAPTURED -DWEAK_R3"
  "tier-b|sound|-DTIER_B -DNO_COPIES -DROUNDS0=2"
  "ends-alone|sound|-DTERMINATION -DONE -DNO_COPIES"
  "ends-pair|sound|-DTERMINATION -DNO_COPIES -DSENDS0=1 -DROUNDS0=2"
  "reaches-done|REACHED|-DONE -DCALM -DNO_COPIES -DREACHES_DONE"
  "reaches-failed|REACHED|-DONE -DNO_COPIES -DREACHES_FAILED"
  "NO_FENCE|UNKNOWN|-DONE -DNO_FENCE"
  "NO_KEY|R1|-DONE -DCALM -DNO_KEY"
  "NO_INQUIRY|R3|-DONE -DNO_INQUIRY -DTAKES_CAPTURED -DWEAK_R3"
  "DECLINE_NOT_BOUND|UNKNOWN|-DONE -DNO_COPIES -DDECLINE_NOT_BOUND"
  "INTENT_AFTER_SEND|R2|-DONE -DINTENT_AFTER_SEND"
  "ISSUE_NOT_COMPARED|WITHDRAWN|-DONE -DISSUE_NOT_COMPARED"
  "DECLINE_NOT_LASTING|UNKNOWN|-DONE -DDECLINE_NOT_LASTING"
  "NOT_NEEDED_IN_DOUBT|UNKNOWN|-DONE -DNOT_NEEDED_IN_DOUBT"
  "DOUBT_FREES|R5|$pair -DDOUBT_FREES"
  "SLOT_AT_INTENT|R5|$pair -DSLOT_AT_INTENT"
  "TIER_B_REPEATS|R1|-DONE -DCALM -DNO_COPIES -DTIER_B -DTIER_B_REPEATS"
  "NO_MARGIN|R1|-DONE -DCALM -DNO_COPIES -DRETENTION -DNO_MARGIN"
  "FORGOTTEN_IS_ABSENT|UNKNOWN|-DONE -DRETENTION -DFORGOTTEN_IS_ABSENT"
  "TAKES_CAPTURED|R3|-DONE -DTAKES_CAPTURED"
  "COUNT_SENDS_ONLY|R4|-DTERMINATION -DONE -DNO_COPIES -DCOUNT_SENDS_ONLY"
)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One search in a directory of its own; its line of the table goes to the file "row", "wrong" exists if it is not as it should be.
search() {
  local name=$1 expected=$2 flags=$3 kind=-DSAFETY pan_flags="" errors broken verdict
  mkdir "$work/$name"
  cd "$work/$name"
  cp "$model" remedy.pml
  case "$flags" in
    *-DTERMINATION*) kind=-DNOREDUCE pan_flags=-a ;;
    *) [ "$expected" = sound ] || kind="-DSAFETY -DBFS" ;; # breadth first: the shortest counterexample
  esac
  # shellcheck disable=SC2086 # flags are words
  {
    spin -a $flags remedy.pml >spin.out 2>&1 || { cat spin.out >&2; return 1; }
    gcc -w -O1 -DCOLLAPSE -DMEMLIM=1900 $kind -o pan pan.c
    ./pan -m100000 -w22 $pan_flags >pan.out 2>&1 || true
  }
  errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' pan.out)
  broken=none
  if [ -f remedy.pml.trail ]; then
    # shellcheck disable=SC2086
    spin -t $flags remedy.pml | sed -n 's/^ *\(\(worker\|journal\|acquirer\|network\|merchant\|terminal\|clock\|BROKEN\) .*\|\(worker\|journal\|acquirer\|network\|merchant\|terminal\|clock\).*:.*\)/\1/p' >messages
    broken=$(sed -n 's/^BROKEN \([A-Z0-9]*\).*/\1/p' messages | head -1)
    if [ -z "$broken" ] && grep -q 'acceptance cycle' pan.out; then broken=R4; fi
  fi
  if [ -z "$errors" ] || { [ "$errors" = 0 ] && grep -Eq 'not completed|too small|out of memory|memory limit' pan.out; }; then
    verdict="NOT SEARCHED WHOLE"
  elif [ "$expected" = sound ] && [ "$errors" = 0 ]; then
    verdict="holds"
  elif [ "$expected" = "$broken" ]; then
    verdict="breaks $broken, as it must"
  else
    verdict="WRONG: breaks ${broken:-something else}, expected: $expected"
  fi
  case "$verdict" in holds | *"as it must") ;; *) touch wrong ;; esac
  printf '%-22s %10s %6s %7s  %s\n' "$name" "$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' pan.out)" \
    "$(sed -n 's/.*depth reached \([0-9]*\).*/\1/p' pan.out)" \
    "$(sed -n 's/.*elapsed time \([0-9.]*\).*/\1/p' pan.out)" "$verdict" >row
}
export -f search
export work model

chosen=()
for run in "${runs[@]}"; do
  name=${run%%|*}
  if [ $# -eq 0 ] || [[ " $* " == *" $name "* ]]; then chosen+=("$run"); fi
done
if [ ${#chosen[@]} -eq 0 ]; then
  echo "none of these is known: $*; known: ${runs[*]%%|*}" >&2
  exit 2
fi

# Two at a time.
printf '%s\0' "${chosen[@]}" |
  xargs -0 -P 2 -I{} bash -c 'set -euo pipefail; IFS="|" read -r name expected flags <<<"$1"; search "$name" "$expected" "$flags"' _ {} || {
  echo "a search could not be made" >&2
  exit 1
}

# What "holds" stands for, then a line a search.
echo "safety: R1 R2 R3 R5 R8, UNKNOWN is never FAILED, an end is final, one outcome, WITHDRAWN; ends-*: R4"
printf '%-22s %10s %6s %7s  %s\n' search states depth seconds verdict
wrong=0
for run in "${chosen[@]}"; do
  name=${run%%|*}
  cat "$work/$name/row"
  if [ $# -gt 0 ] && [ -f "$work/$name/messages" ]; then sed 's/^/    /' "$work/$name/messages"; fi
  if [ -f "$work/$name/wrong" ]; then wrong=1; fi
done
exit "$wrong"
