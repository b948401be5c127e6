#!/usr/bin/env bash
# Compares this build with that of an earlier commit, from the same entries, in turn: pages to all tables, and a late
# setting of the clock in a large file. Needs a clone with the history. Usage: earlier.sh [work folder [runs [commit]]]
set -euo pipefail

root="$(cd "$(dirname "$0")/../.." && pwd)"
work="${1:-${TMPDIR:-/tmp}/tandem-benchmarks}"
runs="${2:-5}"
commit="${3:-006894a}"
program="tests/TandemFetch.Benchmarks/bin/Release/net10.0/TandemFetch.Benchmarks"
mkdir -p "$work"
work="$(cd "$work" && pwd)"

if [[ ! -e "$work/earlier/.git" ]]; then
    git clone --quiet "$root" "$work/earlier"
fi
git -C "$work/earlier" checkout --quiet --detach "$commit"
for build in "$root" "$work/earlier"; do
    (cd "$build" && dotnet build tests/TandemFetch.Benchmarks -c Release -v quiet --tl:off)
done

# A build, what it does, the pages and the file; prints the milliseconds.
run() {
    "$1/$program" child "$2" "$3" "$4" 2>/dev/null | sed -E 's/.*"Milliseconds":([0-9.]+).*/\1/'
}

for entries in 1000000 5000000; do
    "$root/$program" child pages "$work/pages-$entries" "$entries" > /dev/null
    "$root/$program" child pages-of-earlier-builds "$work/pages-$entries" "$work/pages-$entries-by-day" > /dev/null
done

# The median, and all ratios in order.
compare() {
    paste "$work/now.txt" "$work/then.txt" | awk '{ print $1 / $2, $1, $2 }' | sort -n | awk -v what="$1" '
        { ratio[NR] = $1; now[NR] = $2; earlier[NR] = $3 }
        END {
            middle = int((NR + 1) / 2)
            printf "%s: %d ms against %d ms, ratio %.3f (%.3f to %.3f)\n",
                what, now[middle], earlier[middle], ratio[middle], ratio[1], ratio[NR]
        }'
}

: > "$work/now.txt"
: > "$work/then.txt"
for ((turn = 0; turn < runs; turn++)); do
    rm -f "$work/turn.db"
    run "$root" backfill "$work/pages-1000000" "$work/turn.db" >> "$work/now.txt"
    rm -f "$work/turn.db"
    run "$work/earlier" backfill "$work/pages-1000000-by-day" "$work/turn.db" >> "$work/then.txt"
done
compare "pages to all tables, 1,000,000 entries"

rm -f "$work/now.db" "$work/then.db"
run "$root" backfill "$work/pages-5000000" "$work/now.db" > /dev/null
run "$work/earlier" backfill "$work/pages-5000000-by-day" "$work/then.db" > /dev/null
for setting in late-drift late-hour; do
    : > "$work/now.txt"
    : > "$work/then.txt"
    for ((turn = 0; turn < runs; turn++)); do
        cp "$work/now.db" "$work/turn.db"
        run "$root" "$setting" "$work/pages-5000000" "$work/turn.db" >> "$work/now.txt"
        cp "$work/then.db" "$work/turn.db"
        run "$work/earlier" "$setting" "$work/pages-5000000-by-day" "$work/turn.db" >> "$work/then.txt"
    done
    compare "$setting, 5,000,000 entries"
done
rm -f "$work/turn.db"
