package io.millrace.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.host.Disk;
import io.millrace.host.Disk.Mode;
import io.millrace.host.DiskFile;
import io.millrace.host.DiskFull;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SimDiskTest implements DiskContract {
    private static final Path FOLDER = Path.of("/data");
    private final SimDisk disk = new SimDisk(new SimWorld(1));

    @BeforeEach
    void createFolder() throws IOException {
        disk.createDirectories(FOLDER);
        disk.syncDirectory(Path.of("/"));
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public Path folder() {
        return FOLDER;
    }

    @Test
    void whatWasForcedAndNamedSurvives() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            SimDisk fresh = fresh(seed);
            DiskFile file = fresh.open(FOLDER.resolve("f"), Mode.CREATE);
            file.write(bytes("safe"), 0);
            file.force();
            fresh.syncDirectory(FOLDER);
            fresh.losePower();
            assertEquals("safe", text(fresh.readAll(FOLDER.resolve("f"))));
        }
    }

    @Test
    void everyFateOfAnUnforcedFileHappens() throws IOException {
        TreeSet<String> fates = new TreeSet<>();
        for (long seed = 0; seed < 300; seed++) {
            SimDisk fresh = fresh(seed);
            DiskFile file = fresh.open(FOLDER.resolve("f"), Mode.CREATE);
            byte[] sectors = new byte[3 * 512];
            Arrays.fill(sectors, (byte) 'x');
            file.write(ByteBuffer.wrap(sectors), 0);
            fresh.losePower();
            fates.add(fate(fresh));
        }
        assertTrue(fates.contains("no name"), fates::toString);
        assertTrue(fates.contains("empty"), fates::toString);
        assertTrue(fates.contains("whole"), fates::toString);
        assertTrue(fates.contains("a hole"), fates::toString);
        assertTrue(fates.contains("short"), fates::toString);
    }

    private static String fate(SimDisk disk) throws IOException {
        if (!disk.exists(FOLDER.resolve("f"))) {
            return "no name";
        }
        String content = text(disk.readAll(FOLDER.resolve("f")));
        if (content.isEmpty()) {
            return "empty";
        }
        if (content.contains("\0x")) {
            return "a hole";
        }
        return content.equals("x".repeat(3 * 512)) ? "whole" : "short";
    }

    @Test
    void removedNamesReappearUnlessSynced() throws IOException {
        boolean reappeared = false;
        for (long seed = 0; seed < 50; seed++) {
            SimDisk fresh = fresh(seed);
            fresh.writeAtomically(FOLDER.resolve("f"), "x");
            fresh.delete(FOLDER.resolve("f"));
            fresh.losePower();
            reappeared |= fresh.exists(FOLDER.resolve("f"));
        }
        assertTrue(reappeared);
    }

    @Test
    void anAtomicReplacementIsOldOrNew() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            SimDisk fresh = fresh(seed);
            fresh.writeAtomically(FOLDER.resolve("f"), "old");
            fresh.faults().losePowerAt(1 + seed % 9);
            boolean isDone = true;
            try {
                fresh.writeAtomically(FOLDER.resolve("f"), "new");
            } catch (PowerLoss loss) {
                isDone = false;
            }
            fresh.losePower();
            String content = text(fresh.readAll(FOLDER.resolve("f")));
            assertTrue(content.equals("new") || !isDone && content.equals("old"), content);
        }
    }

    @Test
    void aFailedForceIsForgotten() throws IOException {
        SimDisk fresh = fresh(3);
        fresh.open(FOLDER.resolve("f"), Mode.CREATE).close();
        fresh.syncDirectory(FOLDER);
        DiskFile file = fresh.open(FOLDER.resolve("f"), Mode.READ_WRITE);
        file.write(bytes("gone"), 0);
        fresh.faults().failNextForce();
        assertThrows(IOException.class, file::force);
        file.force();
        assertEquals("gone", text(fresh.readAll(FOLDER.resolve("f"))));
        fresh.losePower();
        assertEquals("", text(fresh.readAll(FOLDER.resolve("f"))));
    }

    @Test
    void aFullDiskTakesWhatFits() throws IOException {
        SimDisk fresh = fresh(4);
        fresh.faults().capacityBytes(10);
        DiskFile file = fresh.open(FOLDER.resolve("f"), Mode.CREATE);
        file.write(bytes("1234567"), 0);
        assertThrows(DiskFull.class, () -> file.write(bytes("12345"), 7));
        assertEquals(10, file.size());
        assertEquals(0, fresh.usableBytes(FOLDER));
        file.write(bytes("over"), 0);
        assertEquals(0, fresh.usableBytes(FOLDER));
    }

    @Test
    void theNthCallFailsOnce() throws IOException {
        SimDisk fresh = fresh(5);
        fresh.faults().failCall(2);
        assertFalse(fresh.exists(FOLDER.resolve("f")));
        assertThrows(IOException.class, () -> fresh.exists(FOLDER.resolve("f")));
        assertTrue(fresh.faults().hasFailed());
        assertFalse(fresh.exists(FOLDER.resolve("f")));
    }

    @Test
    void filesOfADeadNodeAreDead() throws IOException {
        SimDisk fresh = fresh(6);
        DiskFile file = fresh.open(FOLDER.resolve("f"), Mode.CREATE);
        fresh.lock(FOLDER.resolve("lock"));
        fresh.killProcess();
        assertThrows(PowerLoss.class, file::size);
        assertTrue(fresh.exists(FOLDER.resolve("f")));
        assertTrue(fresh.lock(FOLDER.resolve("lock")).isPresent());
    }

    @Test
    void aFaultLoopFailsEachCallOnce() throws IOException {
        int failed = FaultLoop.run(each -> {
            try {
                each.createDirectories(FOLDER);
                each.writeAtomically(FOLDER.resolve("f"), "x");
            } catch (IOException expected) {
                assertTrue(each.faults().hasFailed());
            }
        });
        assertEquals(7, failed);
    }

    private static SimDisk fresh(long seed) throws IOException {
        SimDisk fresh = new SimDisk(new SimWorld(seed));
        fresh.createDirectories(FOLDER);
        fresh.syncDirectory(Path.of("/"));
        return fresh;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
