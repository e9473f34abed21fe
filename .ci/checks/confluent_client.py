"""What a program on confluent-kafka relies on: contents, groups, offsets, administration, errors."""

import sys
import time
import uuid

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic

BOOTSTRAP = sys.argv[1]
RUN = uuid.uuid4().hex[:8]
passed = 0


def check(what, expected, actual):
    global passed
    if expected != actual:
        sys.exit(f"FAILED: {what}: expected {expected!r} but was {actual!r}")
    passed += 1
    print(f"ok {passed} - {what}")


def code_of(future):
    try:
        future.result(30)
        return KafkaError.NO_ERROR
    except KafkaException as e:
        return e.args[0].code()


admin = AdminClient({"bootstrap.servers": BOOTSTRAP})


def create(name, partitions, **config):
    topic = NewTopic(name, num_partitions=partitions, replication_factor=1, config=config)
    return code_of(admin.create_topics([topic])[name])


def produce(topic, values, **config):
    offsets = []

    def delivered(error, message):
        if error is not None:
            sys.exit(f"FAILED: {error}")
        offsets.append((message.partition(), message.offset()))

    producer = Producer({"bootstrap.servers": BOOTSTRAP, **config})
    for value in values:
        producer.produce(topic, value, key=value[:1], headers=[("n", value), ("empty", None)],
                         on_delivery=delivered)
        producer.poll(0)
    check(f"{topic} is flushed", 0, producer.flush(30))
    return offsets


def consumer(group, **config):
    return Consumer({"bootstrap.servers": BOOTSTRAP, "group.id": group, "session.timeout.ms": 6000,
                     "auto.offset.reset": "earliest", "enable.auto.commit": False, **config})


def take(consumers, count, seconds=40):
    messages = []
    until = time.time() + seconds
    while len(messages) < count and time.time() < until:
        for each in consumers:
            message = each.poll(0.1)
            if message is not None:
                if message.error():
                    sys.exit(f"FAILED: {message.error()}")
                messages.append(message)
    return messages


def administration():
    name = f"admin-{RUN}"
    check("create", KafkaError.NO_ERROR, create(name, 2, **{"retention.ms": "12345"}))
    check("create again", KafkaError.TOPIC_ALREADY_EXISTS, create(name, 2))
    check("bad name", KafkaError.TOPIC_EXCEPTION, create("no/slashes", 1))
    check("bad config", KafkaError.INVALID_CONFIG, create(name + "x", 1, **{"retention.ms": "soon"}))
    check("partitions", 2, len(admin.list_topics(timeout=20).topics[name].partitions))
    resource = ConfigResource("topic", name)
    config = admin.describe_configs([resource])[resource].result(30)
    check("describe", "12345", config["retention.ms"].value)
    check("a default", "delete", config["cleanup.policy"].value)
    more = ConfigResource("topic", name, set_config={"retention.ms": "54321"})
    check("alter", KafkaError.NO_ERROR, code_of(admin.alter_configs([more])[more]))
    check("altered", "54321", admin.describe_configs([resource])[resource].result(30)["retention.ms"].value)
    check("grow", KafkaError.NO_ERROR, code_of(admin.create_partitions([NewPartitions(name, 5)])[name]))
    check("shrink", KafkaError.INVALID_PARTITIONS,
          code_of(admin.create_partitions([NewPartitions(name, 3)])[name]))
    check("delete", KafkaError.NO_ERROR, code_of(admin.delete_topics([name])[name]))
    check("delete again", KafkaError.UNKNOWN_TOPIC_OR_PART, code_of(admin.delete_topics([name])[name]))


def contents():
    for codec in ("none", "gzip", "snappy", "lz4", "zstd"):
        topic = f"contents-{codec}-{RUN}"
        create(topic, 1)
        values = [f"value {n} of {codec}".encode() for n in range(500)]
        offsets = produce(topic, values, **{"compression.type": codec, "enable.idempotence": True})
        check(f"{codec}: offsets", [(0, n) for n in range(500)], offsets)
        reader = consumer(f"reader-{RUN}")
        reader.assign([TopicPartition(topic, 0, 0)])
        messages = take([reader], 500)
        check(f"{codec}: values", values, [m.value() for m in messages])
        check(f"{codec}: headers", [("n", values[7]), ("empty", None)], messages[7].headers())
        check(f"{codec}: watermarks", (0, 500), reader.get_watermark_offsets(TopicPartition(topic, 0), 20))
        reader.close()


def offsets_and_times():
    topic = f"offsets-{RUN}"
    create(topic, 1)
    producer = Producer({"bootstrap.servers": BOOTSTRAP})
    for n in range(100):
        producer.produce(topic, str(n), timestamp=1_000_000 + n * 1000)
    producer.flush(30)
    group = f"offsets-{RUN}"
    first = consumer(group)
    at = first.offsets_for_times([TopicPartition(topic, 0, 1_000_000 + 41_500)], timeout=20)
    check("offset of a time", 42, at[0].offset)
    first.assign([TopicPartition(topic, 0, 90)])
    check("from an offset", b"90", take([first], 1)[0].value())
    first.commit(offsets=[TopicPartition(topic, 0, 55)], asynchronous=False)
    check("committed", 55, first.committed([TopicPartition(topic, 0)], 20)[0].offset)
    first.close()
    second = consumer(group)
    second.subscribe([topic])
    check("goes on from the commit", b"55", take([second], 1)[0].value())
    second.close()
    late = consumer(f"late-{RUN}", **{"auto.offset.reset": "latest"})
    late.subscribe([topic])
    take([late], 1, 6)
    produce(topic, [b"new"])
    check("latest sees only what is new", [b"new"], [m.value() for m in take([late], 1)])
    late.close()
    strict = consumer(f"strict-{RUN}", **{"auto.offset.reset": "error"})
    strict.subscribe([topic])
    until = time.time() + 20
    code = None
    while code is None and time.time() < until:
        message = strict.poll(0.2)
        code = message.error().code() if message is not None and message.error() else None
    check("no offset and no reset is an error", KafkaError._AUTO_OFFSET_RESET, code)
    strict.close()


def group(strategy):
    topic = f"group-{strategy}-{RUN}"
    create(topic, 4)
    config = {"partition.assignment.strategy": strategy}
    owned = {}

    def member(name):
        one = consumer(f"group-{strategy}-{RUN}", **config)
        owned[name] = set()

        def gained(_, partitions):
            owned[name] |= {p.partition for p in partitions}

        def lost(_, partitions):
            owned[name] -= {p.partition for p in partitions}

        one.subscribe([topic], on_assign=gained, on_revoke=lost)
        return one

    def settle(consumers, sizes):
        until = time.time() + 40
        while sorted(len(o) for o in owned.values()) != sizes and time.time() < until:
            for each in consumers:
                each.poll(0.1)
        check(f"{strategy}: shares", sizes, sorted(len(o) for o in owned.values()))

    a = member("a")
    settle([a], [4])
    b = member("b")
    settle([a, b], [2, 2])
    check(f"{strategy}: together all", {0, 1, 2, 3}, owned["a"] | owned["b"])
    values = [str(n).encode() for n in range(200)]
    producer = Producer({"bootstrap.servers": BOOTSTRAP})
    for n, value in enumerate(values):
        producer.produce(topic, value, partition=n % 4)
    producer.flush(30)
    got = take([a, b], 200)
    check(f"{strategy}: each record once", sorted(values), sorted(m.value() for m in got))
    b.close()
    del owned["b"]
    settle([a], [4])
    a.close()


def errors():
    producer = Producer({"bootstrap.servers": BOOTSTRAP, "message.max.bytes": 3_000_000})
    topic = f"errors-{RUN}"
    create(topic, 1, **{"max.message.bytes": "10000"})
    codes = []
    producer.produce(topic, b"x" * 200_000, on_delivery=lambda e, _: codes.append(e and e.code()))
    producer.flush(30)
    check("a record too large", [KafkaError.MSG_SIZE_TOO_LARGE], codes)


administration()
contents()
offsets_and_times()
for each in ("range", "roundrobin", "cooperative-sticky"):
    group(each)
errors()
print(f"{passed} passed, 0 failed")
