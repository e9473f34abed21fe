#!/bin/bash
# limit: 420
# The launcher: what it finds, when it builds, and that no start-up cache stops it.
. "$(dirname "$0")/../lib.sh"
cd "$root"
dash=$(command -v dash || true)
[ -z "$dash" ] || "$dash" -n millrace
version=$(./millrace --version 2>"$tmp/first")
[[ $version == millrace\ * ]] || fail "--version says '$version'"
ok 'it starts'
same 'a second start builds nothing' '' "$(./millrace --version 2>&1 >/dev/null)"
same 'through a link' "$version" "$(ln -s "$root/millrace" "$tmp/link" && cd / && "$tmp/link" --version 2>/dev/null)"
same 'without a cache' "$version" "$(MILLRACE_AOT=off ./millrace --version)"
same 'with other options' "$version" "$(MILLRACE_HEAP=128m MILLRACE_OPTS=-Dx=y ./millrace --version 2>/dev/null)"

app=$(cat .millrace/current)
for damage in 'head -c 100000' 'tr a b'; do
    for cache in "$app"/cache-*.aot; do
        [ -e "$cache" ] || continue
        $damage <"$cache" >"$tmp/damaged"
        cat "$tmp/damaged" >"$cache"
    done
    same "a damaged cache ($damage)" "$version" "$(./millrace --version 2>/dev/null)"
done

if ./millrace nonsense >"$tmp/out" 2>&1; then fail 'an unknown command exits with 0'; fi
same 'an unknown command is one line' 1 "$(wc -l <"$tmp/out")"

mkdir "$tmp/bare"
cp millrace "$tmp/bare/"
if ! compgen -G "/usr/lib/jvm/*" >/dev/null && ! compgen -G "/opt/*jdk*" >/dev/null; then
    ! env -i PATH=/usr/bin:/bin HOME="$tmp" "$tmp/bare/millrace" --version 2>"$tmp/none" || fail 'started without a JDK'
    grep -q 'no JDK 25 found' "$tmp/none" || fail "$(cat "$tmp/none")"
    ok 'without a JDK it says what to do'
fi
done_checking
