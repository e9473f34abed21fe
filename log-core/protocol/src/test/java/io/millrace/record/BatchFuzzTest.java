package io.millrace.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.buildtools.fuzz.Budget;
import io.millrace.buildtools.fuzz.Mutations;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/// Batches from anybody are taken or refused: what is taken can be read, and neither unfolds to
/// more than is allowed.
final class BatchFuzzTest {
    private static final int RUNS = 10_000;
    private static final int MAX_BYTES = 64 * 1024;
    private static final BatchRules RULES =
            new BatchRules(Integer.MAX_VALUE, false, BatchRules.Timestamps.ANY);

    /// A few objects for each record, the smallest of which has seven bytes.
    private static final long A_BYTE = 120;

    private static final Budget BUDGET = new Budget(A_BYTE * MAX_BYTES, A_BYTE);

    static List<byte[]> batches() {
        List<byte[]> all = new ArrayList<>();
        for (Compression compression : Compression.values()) {
            for (int seed = 0; seed < 5; seed++) {
                all.add(batch(seed, compression));
            }
        }
        return all;
    }

    /// What a compressed batch unfolds to, behind the codec that it is compressed with.
    static List<byte[]> unfolded() {
        List<byte[]> all = new ArrayList<>();
        for (Compression compression : Compression.values()) {
            byte[] batch = batch(compression.id() + 10, Compression.NONE);
            batch[RecordBatch.ATTRIBUTES_AT + 1] = (byte) compression.id();
            all.add(batch);
        }
        return all;
    }

    private static byte[] batch(int seed, Compression compression) {
        BatchBuilder builder = new BatchBuilder();
        builder.begin(0);
        RandomBatch.of(new SplittableRandom(seed)).entries().stream()
                .limit(6)
                .forEach(entry -> builder.appendArrays(
                        builder.nextOffset(), 5, entry.key(), entry.value(), entry.headers()));
        try (Codecs codecs = new Codecs()) {
            return array(builder.finish(codecs, compression, compression.defaultLevel()));
        }
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }

    /// As it comes, and with a length and a checksum that fit, which no search would find.
    @MethodSource("batches")
    @FuzzTest
    void aBatchIsTakenOrRefused(byte[] bytes) {
        isTakenOrRefused(ByteBuffer.wrap(bytes.clone()));
        if (bytes.length >= RecordBatch.HEADER_BYTES) {
            isTakenOrRefused(mended(ByteBuffer.wrap(bytes.clone())));
        }
    }

    private static ByteBuffer mended(ByteBuffer batch) {
        batch.putInt(RecordBatch.LENGTH_AT, batch.remaining() - RecordBatch.LEADER_EPOCH_AT);
        batch.put(RecordBatch.MAGIC_AT, (byte) 2);
        RecordBatch.setCrc(batch, 0);
        return batch;
    }

    @MethodSource("unfolded")
    @FuzzTest
    void whatABatchUnfoldsToIsTakenOrRefused(byte[] bytes) {
        if (bytes.length < RecordBatch.HEADER_BYTES) {
            return;
        }
        ByteBuffer plain = ByteBuffer.wrap(bytes.clone());
        int codec = RecordBatch.compressionId(plain, 0) % Compression.values().length;
        Compression compression = Compression.values()[codec];
        plain.putShort(RecordBatch.ATTRIBUTES_AT, (short) (bytes[22] & ~7 | compression.id()));
        if (compression == Compression.NONE) {
            isTakenOrRefused(mended(plain));
            return;
        }
        try (Codecs codecs = new Codecs()) {
            ByteBuffer records = plain.duplicate().position(RecordBatch.HEADER_BYTES);
            ByteBuffer folded =
                    codecs.compress(compression, compression.defaultLevel(), records.slice());
            ByteBuffer batch = ByteBuffer.allocate(RecordBatch.HEADER_BYTES + folded.remaining());
            batch.put(plain.slice(0, RecordBatch.HEADER_BYTES)).put(folded).flip();
            isTakenOrRefused(mended(batch));
        }
    }

    private static void isTakenOrRefused(ByteBuffer bytes) {
        try (BatchValidator validator = new BatchValidator(MAX_BYTES);
                BatchReader reader = new BatchReader(MAX_BYTES)) {
            BUDGET.spend(bytes.remaining(), () -> {
                if (validator.validate(bytes, 9, RULES, 0) instanceof Verdict.Accepted) {
                    readAll(reader, bytes);
                    return;
                }
                try {
                    readAll(reader, bytes);
                } catch (MalformedFrame refused) {
                    assertNotNull(refused.getMessage());
                }
            });
        }
    }

    private static void readAll(BatchReader reader, ByteBuffer bytes) {
        reader.begin(bytes.duplicate());
        while (reader.nextBatch()) {
            while (reader.nextRecord()) {
                assertEquals(reader.headerCount(), reader.record().headers().size());
            }
        }
    }

    static List<byte[]> snapshots() {
        ProducerStates states = new ProducerStates(1_000);
        BatchBuilder builder = new BatchBuilder();
        List<byte[]> all = new ArrayList<>();
        for (int id = 0; id < 3; id++) {
            all.add(array(states.snapshot()));
            builder.begin(id);
            builder.producer(id, (short) 0, 0);
            builder.append(id, 5, null, ByteBuffer.allocate(1), RecordHeader.NONE);
            states.append(builder.finish(), 0);
        }
        return all;
    }

    @MethodSource("snapshots")
    @FuzzTest
    void aProducerSnapshotIsLoadedOrCorrupt(byte[] bytes) {
        load(ByteBuffer.wrap(bytes));
        if (bytes.length > 6) {
            CRC32C crc = new CRC32C();
            crc.update(bytes, 6, bytes.length - 6);
            load(ByteBuffer.wrap(bytes.clone()).putInt(2, (int) crc.getValue()));
        }
    }

    private static void load(ByteBuffer bytes) {
        BUDGET.spend(bytes.limit(), () -> {
            try {
                ProducerStates states = new ProducerStates(1_000);
                states.load(bytes, 0);
                states.snapshot();
            } catch (CorruptLog refused) {
                assertNotNull(refused.getMessage());
            }
        });
    }

    @Test
    void mutatedBatchesAreTakenOrRefused() {
        Mutations.run(RUNS, batches(), this::aBatchIsTakenOrRefused);
    }

    @Test
    void whatMutatedBatchesUnfoldToIsTakenOrRefused() {
        Mutations.run(RUNS, unfolded(), this::whatABatchUnfoldsToIsTakenOrRefused);
    }

    @Test
    void mutatedSnapshotsAreLoadedOrCorrupt() {
        Mutations.run(RUNS, snapshots(), this::aProducerSnapshotIsLoadedOrCorrupt);
    }
}
