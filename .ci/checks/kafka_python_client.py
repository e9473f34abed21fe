"""What a program on kafka-python relies on: it is pure Python and speaks old versions of the APIs."""

import sys
import time
import uuid

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic
from kafka.errors import TopicAlreadyExistsError, UnknownTopicOrPartitionError
from kafka.structs import OffsetAndMetadata

BOOTSTRAP = sys.argv[1]
RUN = uuid.uuid4().hex[:8]
passed = 0


def check(what, expected, actual):
    global passed
    if expected != actual:
        sys.exit(f"FAILED: {what}: expected {expected!r} but was {actual!r}")
    passed += 1
    print(f"ok {passed} - {what}")


def raises(kind, call):
    try:
        call()
        return None
    except kind:
        return kind


def read(consumer, count, seconds=40):
    records = []
    until = time.time() + seconds
    while len(records) < count and time.time() < until:
        for batch in consumer.poll(500).values():
            records += batch
    return records


def consumer(**config):
    return KafkaConsumer(bootstrap_servers=BOOTSTRAP, enable_auto_commit=False, **config)


admin = KafkaAdminClient(bootstrap_servers=BOOTSTRAP)
topic = f"kafka-python-{RUN}"
new = [NewTopic(topic, 3, 1)]
admin.create_topics(new)
check("create again", TopicAlreadyExistsError,
      raises(TopicAlreadyExistsError, lambda: admin.create_topics(new)))
check("listed", True, topic in admin.list_topics())

for codec in (None, "gzip", "snappy", "lz4"):
    producer = KafkaProducer(bootstrap_servers=BOOTSTRAP, compression_type=codec, acks="all", linger_ms=20)
    sent = [producer.send(topic, f"{codec} {n}".encode(), key=str(n).encode(), partition=n % 3,
                          headers=[("codec", str(codec).encode())]) for n in range(300)]
    producer.flush(30)
    offsets = [f.get(30).offset for f in sent]
    check(f"{codec}: offsets rise", [offsets[0] + n for n in range(100)], offsets[0::3])
    producer.close()

alone = consumer(auto_offset_reset="earliest")
partitions = [TopicPartition(topic, n) for n in range(3)]
alone.assign(partitions)
records = read(alone, 1200)
expected = sorted(f"{c} {n}" for c in (None, "gzip", "snappy", "lz4") for n in range(300))
check("every record", expected, sorted(r.value.decode() for r in records))
check("headers", {"None", "gzip", "snappy", "lz4"}, {r.headers[0][1].decode() for r in records})
check("ends", {p: 400 for p in partitions}, alone.end_offsets(partitions))
check("beginnings", {p: 0 for p in partitions}, alone.beginning_offsets(partitions))
times = alone.offsets_for_times({p: 0 for p in partitions})
check("offsets of the first moment", [0, 0, 0], [times[p].offset for p in partitions])
alone.seek(partitions[1], 399)
alone.pause(partitions[0], partitions[2])
check("seek", [399], [r.offset for r in read(alone, 1)])
alone.close()

group = f"kafka-python-{RUN}"
one = consumer(group_id=group, auto_offset_reset="earliest")
one.subscribe([topic])
check("the group reads all", 1200, len(read(one, 1200)))
one.commit({TopicPartition(topic, 0): OffsetAndMetadata(17, "note")})
check("committed", 17, one.committed(TopicPartition(topic, 0)))
one.close()
check("the group is listed", True, group in {g[0] for g in admin.list_consumer_groups()})
check("its offsets", 17, admin.list_consumer_group_offsets(group)[TopicPartition(topic, 0)].offset)
check("its state", "Empty", admin.describe_consumer_groups([group])[0].state)

admin.delete_topics([topic])
check("delete again", UnknownTopicOrPartitionError,
      raises(UnknownTopicOrPartitionError, lambda: admin.delete_topics([topic])))
admin.close()
print(f"{passed} passed, 0 failed")
