#!/bin/bash
# limit: 300
# Debian's confluent-kafka and kafka-python, unmodified.
. "$(dirname "$0")/../lib.sh"
python=/usr/bin/python3
$python -c 'import confluent_kafka' 2>/dev/null || skip 'confluent-kafka is not installed'
start_broker
timeout 140 $python "$root/.ci/checks/confluent_client.py" "$bootstrap"
if $python -c 'import kafka' 2>/dev/null; then
    timeout 140 $python "$root/.ci/checks/kafka_python_client.py" "$bootstrap"
fi
