package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.protocol.CorruptLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Kafka's checkpoint files: a version, a count, a line an entry.
final class CheckpointFile {
    private static final String VERSION = "0";

    private CheckpointFile() {}

    static String offsets(Map<LogId, Long> offsets) {
        StringBuilder text =
                new StringBuilder(VERSION).append('\n').append(offsets.size()).append('\n');
        offsets.forEach((id, offset) -> text.append(id.topic())
                .append(' ')
                .append(id.partition())
                .append(' ')
                .append(offset)
                .append('\n'));
        return text.toString();
    }

    /// Empty when there is no file.
    static SortedMap<LogId, Long> readOffsets(Disk disk, Path path) throws IOException {
        SortedMap<LogId, Long> offsets = new TreeMap<>();
        for (String[] words : read(disk, path, 3)) {
            offsets.put(
                    new LogId(words[0], number(path, words[1]).intValue()), number(path, words[2]));
        }
        return offsets;
    }

    static String epochs(LeaderEpochs epochs) {
        StringBuilder text =
                new StringBuilder(VERSION).append('\n').append(epochs.size()).append('\n');
        for (int i = 0; i < epochs.size(); i++) {
            text.append(epochs.epoch(i)).append(' ').append(epochs.start(i)).append('\n');
        }
        return text.toString();
    }

    static LeaderEpochs readEpochs(Disk disk, Path path) throws IOException {
        LeaderEpochs epochs = new LeaderEpochs();
        for (String[] words : read(disk, path, 2)) {
            epochs.assign(number(path, words[0]).intValue(), number(path, words[1]));
        }
        return epochs;
    }

    private static String[][] read(Disk disk, Path path, int words) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8.decode(disk.readAll(path)).toString();
        } catch (NoSuchFileException e) {
            return new String[0][];
        }
        if (text.isEmpty()) {
            return new String[0][]; // Kafka makes the file before it has anything to say
        }
        String[] lines = text.split("\n", -1);
        if (lines.length < 2 || !lines[0].strip().equals(VERSION)) {
            throw new CorruptLog(path + " is no checkpoint of version " + VERSION);
        }
        int count = number(path, lines[1].strip()).intValue();
        if (count < 0 || count > lines.length - 2) {
            throw new CorruptLog(path + " claims " + count + " entries and has fewer");
        }
        String[][] entries = new String[count][];
        for (int i = 0; i < count; i++) {
            entries[i] = lines[i + 2].strip().split("\\s+", -1);
            if (entries[i].length != words) {
                throw new CorruptLog(path + " has a damaged line: " + lines[i + 2]);
            }
        }
        return entries;
    }

    private static Long number(Path path, String word) {
        try {
            return Long.valueOf(word);
        } catch (NumberFormatException e) {
            throw new CorruptLog(path + " has a damaged number: " + word, e);
        }
    }
}
