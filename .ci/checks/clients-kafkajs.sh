#!/bin/bash
# limit: 240
# kafkajs from npm, unmodified.
. "$(dirname "$0")/../lib.sh"
command -v npm >/dev/null || skip 'npm is not installed'
start_broker
npm install --silent --no-fund --no-audit --prefix "$tmp/js" kafkajs@2.2.4 >"$tmp/npm.log" 2>&1 ||
    { cat "$tmp/npm.log"; fail 'kafkajs could not be installed'; }
cp "$root/.ci/checks/kafkajs_client.js" "$tmp/js/"
cd "$tmp/js"
KAFKAJS_NO_PARTITIONER_WARNING=1 timeout 150 node kafkajs_client.js "$bootstrap"
