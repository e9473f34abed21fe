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

# Where data lies by default: ./data of wherever one stands.
mkdir "$tmp/plain"
cd "$tmp/plain"
for start in first second; do
    "$root/millrace" up --listen 127.0.0.1:0 >"$tmp/broker.log" 2>&1 &
    broker_pid=$!
    for _ in $(seq 300); do
        ! grep -q '^ready in ' "$tmp/broker.log" || break
        kill -0 "$broker_pid" 2>/dev/null || { broker_pid=; fail "up without --data ended, the $start time"; }
        sleep 0.2
    done
    grep -q '^ready in ' "$tmp/broker.log" || fail 'up without --data was not ready within a minute'
    stop_broker
    ok "up without --data, the $start time"
done
[ -d data/log/__cluster_metadata-0 ] || fail 'there is no data in ./data'
done_checking
