#!/bin/bash
# limit: 600
# The archive, unpacked in an empty folder, with nothing but the system's own programs.
. "$(dirname "$0")/../lib.sh"
cd "$root"
mvn -B -ntp -Pdist -Dmaven.test.skip=true -pl platform -am package >"$tmp/dist.log" 2>&1 ||
    { tail -n 40 "$tmp/dist.log"; fail 'the archive could not be made'; }
archive=$(ls platform/target/millrace-*-linux-x86_64.tar.gz)
ok "$archive"
mkdir "$tmp/some where"
tar -C "$tmp/some where" -xzf "$archive"
cd "$tmp/some where/"millrace-*
bare() { env -i PATH=/usr/bin:/bin HOME="$tmp" "$@"; }
version=$(bare ./millrace --version)
[[ $version == millrace\ * ]] || fail "--version says '$version'"
ok 'it starts from a path with a blank'
bare JAVA_TOOL_OPTIONS= MILLRACE_OPTS='-Xlog:aot*=info:file='"$tmp/aot.log" ./millrace --version >/dev/null
# Loaded classes are listed too, and some have such words in their names.
misfits=$(grep -v 'aot,load' "$tmp/aot.log" | grep -iE 'unable to|mismatch|disabled' || true)
[ -z "$misfits" ] || fail "the start-up cache does not fit: $misfits"
grep -q 'aot,load' "$tmp/aot.log" || fail 'no class came from the start-up cache'
ok 'the start-up cache fits'
cat >"$tmp/bare" <<SH
#!/bin/sh
exec env -i PATH=/usr/bin:/bin HOME="$tmp" "$PWD/millrace" "\$@"
SH
chmod +x "$tmp/bare"
MILLRACE=$tmp/bare start_broker
grep '^ready in ' "$tmp/broker.log"
bare ./millrace topic create unpacked -p 2 --bootstrap "$bootstrap" >/dev/null
bare ./millrace topic list --bootstrap "$bootstrap" | grep -q unpacked || fail 'the topic is not listed'
ok 'a broker runs'
done_checking
