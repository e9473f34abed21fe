#!/bin/bash
# limit: 300
# The first minute of the README, copied and pasted.
. "$(dirname "$0")/../lib.sh"
"$root/millrace" --help | grep -qE '^ +up\b' || skip 'there is no broker to start yet'
sed -n '/^## A first minute/,/^## /{/^```sh/,/^```$/{/^```/!p}}' "$root/README.md" >"$tmp/minute.sh"
grep -q produce "$tmp/minute.sh" || fail 'the README has no first minute'
mkdir "$tmp/folder"
ln -s "$root/millrace" "$tmp/folder/millrace"
cd "$tmp/folder"
timeout 200 bash -eu "$tmp/minute.sh" >"$tmp/said" 2>&1 || { cat "$tmp/said"; fail 'a line of it failed'; }
grep -q greetings "$tmp/said" || { cat "$tmp/said"; fail 'the topic is not described'; }
ok 'the first minute works'
done_checking
