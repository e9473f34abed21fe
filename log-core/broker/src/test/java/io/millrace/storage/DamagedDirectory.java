package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Does to the files of a directory what broken disks, editors and copies cut short do to them.
final class DamagedDirectory {
    private static final int MOST_GARBAGE = 300;
    private static final String[] WORDS = {
        "-1", "0", "9223372036854775807", "99999999999999999999", "2147483648", "\\u12", "\u2603",
        "", " ", "\n", "t0", "version", "{", "null"
    };

    private final Disk disk;
    private final SplittableRandom random;

    DamagedDirectory(Disk disk, SplittableRandom random) {
        this.disk = disk;
        this.random = random;
    }

    /// Damages one file below the folder; says how.
    String damageOne(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        collect(root, files);
        Path path = files.get(random.nextInt(files.size()));
        byte[] before = bytes(path);
        switch (random.nextInt(8)) {
            case 0 -> disk.delete(path);
            case 1 -> write(path, new byte[0]);
            case 2 -> write(path, java.util.Arrays.copyOf(before, cut(before)));
            case 3 -> write(path, garbage(random.nextInt(MOST_GARBAGE)));
            case 4 -> write(path, longer(before));
            case 5 -> write(path, bytes(files.get(random.nextInt(files.size()))));
            case 6 -> write(path, reworded(before));
            default -> write(path, flipped(before));
        }
        return path + ", " + before.length + " bytes, is now " + describe(path);
    }

    private String describe(Path path) throws IOException {
        return disk.exists(path) ? disk.size(path) + " bytes" : "gone";
    }

    private void collect(Path folder, List<Path> files) throws IOException {
        for (String name : disk.list(folder)) {
            Path path = folder.resolve(name);
            if (disk.isDirectory(path)) {
                collect(path, files);
            } else if (!name.equals(FileNames.LOCK)) {
                files.add(path);
            }
        }
    }

    private byte[] bytes(Path path) throws IOException {
        ByteBuffer content = disk.readAll(path);
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    private int cut(byte[] bytes) {
        return bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    }

    private byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] longer(byte[] before) {
        byte[] more = random.nextBoolean() ? garbage(1 + random.nextInt(100)) : new byte[100];
        byte[] longer = java.util.Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, longer, before.length, more.length);
        return longer;
    }

    private byte[] flipped(byte[] before) {
        byte[] after = before.clone();
        for (int i = 0; i < 1 + random.nextInt(4) && after.length > 0; i++) {
            after[random.nextInt(after.length)] = (byte) random.nextInt();
        }
        return after;
    }

    /// Puts another word where there was one, as of a text.
    private byte[] reworded(byte[] before) {
        String[] words = new String(before, StandardCharsets.UTF_8).split("(?<=[ \n:=])");
        words[random.nextInt(words.length)] = WORDS[random.nextInt(WORDS.length)];
        return String.join("", words).getBytes(StandardCharsets.UTF_8);
    }

    private void write(Path path, byte[] bytes) throws IOException {
        try (DiskFile file = disk.open(path, Disk.Mode.CREATE)) {
            file.truncate(0);
            if (bytes.length > 0) {
                file.write(ByteBuffer.wrap(bytes), 0);
            }
        }
    }
}
