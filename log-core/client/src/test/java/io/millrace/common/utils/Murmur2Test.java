package io.millrace.common.utils;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class Murmur2Test {
    @Test
    void hashesAsKafkaDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] key = new byte[random.nextInt(40)];
            random.nextBytes(key);
            assertEquals(Utils.murmur2(key), Murmur2.hash(key));
            assertEquals(
                    org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(
                            key, 13),
                    Murmur2.partition(key, 13));
        }
    }
}
