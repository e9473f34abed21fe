package io.millrace.storage;

import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.MalformedFrame;
import io.millrace.record.BatchReader;
import io.millrace.record.ControlMarker;
import io.millrace.record.ProducerStates;
import io.millrace.record.RecordBatch;
import java.nio.ByteBuffer;

/// Tells the producers' states of a batch that is in the log, or goes into it.
final class ProducerReplay {
    private ProducerReplay() {}

    /// Whether `append` wants the whole batch and not only its header.
    static boolean needsContent(ByteBuffer buffer, int at) {
        return RecordBatch.isControl(buffer, at) && RecordBatch.hasProducer(buffer, at);
    }

    static void append(ProducerStates producers, ByteBuffer buffer, int at) {
        if (!needsContent(buffer, at)) {
            producers.append(buffer, at);
            return;
        }
        int size = RecordBatch.sizeInBytes(buffer, at);
        try (BatchReader reader = new BatchReader(size)) {
            reader.begin(buffer.slice(at, size));
            if (reader.nextBatch()
                    && reader.nextRecord()
                    && ControlMarker.read(reader.key(), reader.value())
                            instanceof ControlMarker.EndTransaction end) {
                producers.append(buffer, at, end);
            }
        } catch (MalformedFrame e) {
            throw new CorruptLog("A control batch is damaged", e);
        }
    }
}
