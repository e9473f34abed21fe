package io.millrace.platform.dump;

import io.millrace.protocol.CorruptLog;
import io.millrace.record.ProducerState;
import io.millrace.record.ProducerStates;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Finds out by its name what a file is, and shows it. What is wrong with it is told after all that
/// can be shown, in one line.
public final class FileDump {
    private static final long MAX_SMALL_FILE = 64 * 1024 * 1024;

    private final Path file;
    private final String name;
    private final Row.Sink out;

    private FileDump(Path file, Row.Sink out) {
        this.file = file;
        this.name = String.valueOf(file.getFileName());
        this.out = out;
    }

    /// @param withRecords each record of a segment too, not only its batches
    /// @throws DamagedFile naming the file and what is wrong with it
    public static void dump(Path file, boolean withRecords, Row.Sink out) {
        try {
            new FileDump(file, out).dump(withRecords);
        } catch (NoSuchFileException missing) {
            throw new DamagedFile(file + ": there is no such file");
        } catch (CharacterCodingException binary) {
            throw new DamagedFile(file + ": not a file of a log directory");
        } catch (IOException unreadable) {
            throw new DamagedFile(file + ": cannot be read (" + unreadable.getMessage() + ")");
        }
    }

    private void dump(boolean withRecords) throws IOException {
        if (Files.isDirectory(file)) {
            throw new DamagedFile(file + ": a folder; name the files in it");
        }
        switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "log", "checkpoint" -> new SegmentDump(file, withRecords, out).run();
            case "index" -> new IndexDump(file, out).offsets(small());
            case "timeindex" -> new IndexDump(file, out).times(small());
            case "txnindex" -> new IndexDump(file, out).transactions(small());
            case "snapshot" -> producers(small());
            default -> text();
        }
    }

    private ByteBuffer small() throws IOException {
        if (Files.size(file) > MAX_SMALL_FILE) {
            throw new DamagedFile(file + ": too large for a file of its kind");
        }
        return ByteBuffer.wrap(Files.readAllBytes(file));
    }

    private void producers(ByteBuffer bytes) {
        ProducerStates states = new ProducerStates(Long.MAX_VALUE);
        try {
            states.load(bytes, 0);
        } catch (CorruptLog damaged) {
            throw new DamagedFile(file + ": " + damaged.getMessage());
        }
        for (ProducerState each : states.producers()) {
            out.row(Row.of().with("producer", each.toString()));
        }
    }

    /// Checkpoints and properties.
    private void text() throws IOException {
        boolean isKnown = name.endsWith("-checkpoint")
                || List.of("partition.metadata", "meta.properties", "quorum-state", "bootstrap")
                        .contains(name);
        if (!isKnown) {
            throw new DamagedFile(file + ": give .log, .checkpoint, .index, .timeindex, .txnindex, "
                    + ".snapshot or checkpoint files");
        }
        Files.readAllLines(file).forEach(line -> out.row(Row.of().with("line", line)));
    }
}
