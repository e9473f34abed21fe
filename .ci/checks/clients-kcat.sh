#!/bin/bash
# limit: 240
# kcat (librdkafka), unmodified: what it produces it reads back, by every compression, partition,
# offset, time and group.
. "$(dirname "$0")/../lib.sh"
command -v kcat >/dev/null || skip 'kcat is not installed'
start_broker
k() { timeout 60 kcat -b "$bootstrap" "$@"; }

for codec in none gzip snappy lz4 zstd; do
    topic=kcat-$codec-$$
    seq 2000 | sed 's/.*/key&:value number & of many/' >"$tmp/sent"
    k -P -t "$topic" -K: -z "$codec" -H shape=round -H "codec=$codec" <"$tmp/sent"
    k -C -t "$topic" -o beginning -e -q -f '%k:%s\n' | sort -V >"$tmp/read"
    sort -V "$tmp/sent" | cmp - "$tmp/read" || fail "$codec: what was read differs"
    same "$codec: headers" 2000 "$(k -C -t "$topic" -o beginning -e -q -f '%h\n' | grep -c "shape=round,codec=$codec")"
done

topic=kcat-offsets-$$
seq 0 99 | k -P -t "$topic" -p 0
same 'the last five' '95 96 97 98 99' "$(k -C -t "$topic" -p 0 -o -5 -e -q | xargs)"
same 'from an offset' '40 41' "$(k -C -t "$topic" -p 0 -o 40 -c 2 -q | xargs)"
same 'offsets rise by one' "$(seq 0 99 | xargs)" "$(k -C -t "$topic" -p 0 -o beginning -e -q -f '%o ' | xargs)"
between=$(($(date +%s%N) / 1000000))
sleep 0.05
seq 100 109 | k -P -t "$topic" -p 0
same 'from a time' "$(seq 100 109 | xargs)" "$(k -C -t "$topic" -p 0 -o "s@$between" -e -q | xargs)"
same 'the offset of a time' "$topic [0] offset 100" "$(k -Q -t "$topic:0:$between" | xargs)"
same 'the offset of the end' "$topic [0] offset 110" "$(k -Q -t "$topic:0:-1" | xargs)"

for acks in 0 1 all; do
    echo "acks $acks" | k -P -t "$topic" -p 0 -X acks="$acks"
done
sleep 0.5
same 'every acks arrives' 'acks 0 acks 1 acks all' "$(k -C -t "$topic" -p 0 -o -3 -e -q | xargs)"
seq 500 | k -P -t "$topic-idempotent" -p 0 -X enable.idempotence=true -X batch.num.messages=7
same 'idempotent' "$(seq 500 | cksum)" "$(k -C -t "$topic-idempotent" -p 0 -o beginning -e -q | cksum)"
echo -n '' | k -P -t "$topic-null" -p 0
printf 'k:\n' | k -P -t "$topic-null" -p 0 -K: -Z
same 'a null value' -1 "$(k -C -t "$topic-null" -p 0 -o beginning -e -q -f '%S\n')"

group=kcat-group-$$
seq 300 | k -P -t "$topic-grouped"
k -G "$group" -X auto.offset.reset=earliest -c 300 -q "$topic-grouped" | sort -n >"$tmp/read"
same 'a group reads all' "$(seq 300 | cksum)" "$(cksum <"$tmp/read")"
seq 301 310 | k -P -t "$topic-grouped"
same 'and goes on where it was' "$(seq 301 310 | xargs)" \
    "$(k -G "$group" -X auto.offset.reset=earliest -c 10 -q "$topic-grouped" | sort -n | xargs)"

k -L >"$tmp/metadata"
grep -q "topic \"$topic\"" "$tmp/metadata" || fail 'the list lacks the topic'
ok 'topics are listed'
! k -C -t "missing-$$" -X allow.auto.create.topics=false -p 0 -e -q 2>"$tmp/error" || fail 'a missing topic could be read'
grep -qi 'unknown topic' "$tmp/error" || fail "a missing topic: $(cat "$tmp/error")"
ok 'a missing topic is an error'
done_checking
