package io.millrace.broker.metadata;

import io.millrace.host.Disk;
import io.millrace.protocol.CorruptLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The file `leader-epoch-checkpoint`: at which offset each epoch of the log began. Blocks.
final class EpochFile {
    static final String FILE = "leader-epoch-checkpoint";

    private static final int HEADER_LINES = 2;

    private EpochFile() {}

    static SortedMap<Integer, Long> read(Disk disk, Path file) throws IOException {
        SortedMap<Integer, Long> epochs = new TreeMap<>();
        if (disk.exists(file)) {
            String text = StandardCharsets.UTF_8.decode(disk.readAll(file)).toString();
            text.lines().skip(HEADER_LINES).filter(line -> !line.isBlank()).forEach(line -> {
                String[] pair = line.trim().split(" ");
                try {
                    epochs.put(Integer.parseInt(pair[0]), Long.parseLong(pair[1]));
                } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                    throw new CorruptLog(file + " is damaged: " + line);
                }
            });
        }
        return epochs;
    }

    static void write(Disk disk, Path file, Map<Integer, Long> epochs) throws IOException {
        StringBuilder text = new StringBuilder("0\n").append(epochs.size()).append('\n');
        epochs.forEach(
                (epoch, start) -> text.append(epoch).append(' ').append(start).append('\n'));
        disk.writeAtomically(file, text.toString());
    }

    /// Forgets what lies before the log's start, and what lies at or behind its end.
    static SortedMap<Integer, Long> within(SortedMap<Integer, Long> epochs, long start, long end) {
        SortedMap<Integer, Long> kept = new TreeMap<>();
        epochs.forEach((epoch, from) -> {
            if (from <= start) {
                kept.clear();
                kept.put(epoch, start);
            } else if (from < end) {
                kept.put(epoch, from);
            }
        });
        return kept;
    }
}
