# For the checks: sourced, not run. A check exits 0 if all held, 77 if what it needs is not there.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tmp=$(mktemp -d)
broker_pid=

finish() {
    status=$?
    stop_broker
    [ "$status" -eq 0 ] || [ "$status" -eq 77 ] || [ ! -s "$tmp/broker.log" ] ||
        { echo "--- the broker's last words"; tail -n 40 "$tmp/broker.log"; }
    rm -rf "$tmp"
}
trap finish EXIT

fail() { echo "FAILED: $*" >&2; exit 1; }
skip() { echo "skipped: $*"; exit 77; }
passed=0
ok() { passed=$((passed + 1)); echo "ok $passed - $*"; }
same() { [ "$2" = "$3" ] || fail "$1: expected '$2' but was '$3'"; ok "$1"; }
done_checking() { echo "$passed passed, 0 failed"; }

# Sets $bootstrap. BOOTSTRAP=host:port checks a broker that runs already.
start_broker() {
    if [ -n "${BOOTSTRAP:-}" ]; then
        bootstrap=$BOOTSTRAP
        return
    fi
    "${MILLRACE:-$root/millrace}" --help 2>/dev/null | grep -qE '^ +up\b' || skip 'there is no broker to start yet'
    "${MILLRACE:-$root/millrace}" up --listen 127.0.0.1:0 --data "$tmp/data" "$@" >"$tmp/broker.log" 2>&1 &
    broker_pid=$!
    for _ in $(seq 300); do
        if grep -q '^ready in ' "$tmp/broker.log"; then
            bootstrap=$(sed -n 's/^kafka //p' "$tmp/broker.log" | head -n 1)
            [ -n "$bootstrap" ] || fail 'the broker is ready but printed no "kafka host:port"'
            return
        fi
        kill -0 "$broker_pid" 2>/dev/null || { broker_pid=; fail 'the broker ended before it was ready'; }
        sleep 0.2
    done
    fail 'the broker was not ready within a minute'
}

stop_broker() {
    [ -n "$broker_pid" ] || return 0
    kill "$broker_pid" 2>/dev/null || true
    for _ in $(seq 50); do
        kill -0 "$broker_pid" 2>/dev/null || break
        sleep 0.2
    done
    kill -9 "$broker_pid" 2>/dev/null || true
    wait "$broker_pid" 2>/dev/null || true
    broker_pid=
}

# The JDK 25 that the launcher has found.
jdk25() {
    "$root/millrace" --version >/dev/null
    if [ -r "$root/.millrace/jdk" ]; then cat "$root/.millrace/jdk"; else echo "$JAVA_HOME"; fi
}
