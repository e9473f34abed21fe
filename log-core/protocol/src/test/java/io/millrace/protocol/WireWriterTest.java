package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WireWriterTest {
    private static void writes(String hex, Consumer<WireWriter> write) {
        WireWriter out = new WireWriter();
        write.accept(out);
        ByteBuffer buffer = out.toBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(bytes));
    }

    @Test
    void writesNumbersInNetworkOrder() {
        writes("ff fffe ffff 80000000 ffffffff 8000000000000000 3ff8000000000000 01 00", out -> {
            out.int8(-1);
            out.int16(-2);
            out.uint16(65535);
            out.int32(Integer.MIN_VALUE);
            out.uint32(4294967295L);
            out.int64(Long.MIN_VALUE);
            out.float64(1.5);
            out.bool(true);
            out.bool(false);
        });
        assertThrows(IllegalStateException.class, () -> new WireWriter().uint16(65536));
        assertThrows(IllegalStateException.class, () -> new WireWriter().uint32(-1));
    }

    @Test
    void varintsReadBackAsWritten() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            WireWriter out = new WireWriter();
            out.unsignedVarint((int) value);
            out.varint((int) value);
            out.varlong(value);
            WireReader in = new WireReader(out.toBuffer());
            assertEquals((int) value, in.unsignedVarint());
            assertEquals((int) value, in.varint());
            assertEquals(value, in.varlong());
            assertEquals(0, in.remaining());
        }
    }

    @Test
    void writesStringsAndNullInBothForms() {
        writes("0002 c3a9 03 c3a9 ffff 00", out -> {
            out.string("é", false);
            out.nullableString("é", true);
            out.nullableString(null, false);
            out.nullableString(null, true);
        });
        assertThrows(
                IllegalStateException.class,
                () -> new WireWriter().string("x".repeat(32_768), true));
    }

    @Test
    void writesBytesWithoutMovingThem() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2);
        writes("00000002 0102 03 0102 ffffffff 00", out -> {
            out.bytes(bytes, false);
            out.nullableBytes(bytes, true);
            out.nullableBytes(null, false);
            out.nullableRecords(null, true);
        });
        assertEquals(1, bytes.position());
    }

    @Test
    void aFrameBeginsWithItsLength() {
        WireWriter out = WireWriter.frame();
        out.int16(7);
        assertEquals(6, out.size());
        assertEquals(ByteBuffer.wrap(new byte[] {0, 0, 0, 2, 0, 7}), out.toBuffer());
    }

    @Test
    void recordsGoByReferenceWhereverTheyLie() {
        record Region(int sizeInBytes) implements Records {}
        Region region = new Region(100_000);
        ByteBuffer large = ByteBuffer.allocate(5_000);
        WireWriter out = WireWriter.frame();
        out.int8(1);
        out.records(region, false);
        out.records(Records.of(large), true);
        out.records(Records.of(ByteBuffer.allocate(3)), true);
        out.string("z".repeat(500), true);

        List<WirePart> parts = out.finish();
        assertEquals(5, parts.size());
        ByteBuffer head = assertInstanceOf(WirePart.Bytes.class, parts.get(0)).buffer();
        assertEquals(out.size() - 4, head.getInt(0));
        assertEquals(100_000, head.getInt(5));
        assertSame(region, parts.get(1));
        int between = parts.get(2).sizeInBytes();
        assertEquals(2, between);
        ByteBuffer same = assertInstanceOf(WirePart.Bytes.class, parts.get(3)).buffer();
        assertSame(large.array(), same.array());
        assertEquals(1 + 3 + 2 + 500, parts.get(4).sizeInBytes());
    }

    @Test
    void aTaggedFieldIsMovedByTheLengthOfItsSize() {
        for (int size : new int[] {0, 1, 127, 128, 16_383, 16_384, 40_000}) {
            WireWriter out = new WireWriter();
            out.int8(1);
            int outer = out.beginTag(300);
            int inner = out.beginTag(2);
            out.raw(ByteBuffer.allocate(size));
            out.endTag(inner);
            out.endTag(outer);
            out.int8(5);
            WireReader in = new WireReader(out.toBuffer());
            assertEquals(1, in.int8());
            assertEquals(300, in.tag());
            int outerEnd = in.endOfTag();
            assertEquals(2, in.tag());
            int innerEnd = in.endOfTag();
            assertEquals(size, innerEnd - in.position());
            assertEquals(outerEnd, innerEnd);
            in.skipTo(innerEnd);
            assertEquals(5, in.int8());
        }
    }

    @Test
    void oneBufferCannotHoldWhatIsNotInMemory() {
        record Region(int sizeInBytes) implements Records {}
        WireWriter out = new WireWriter();
        out.records(new Region(1), false);
        assertThrows(IllegalStateException.class, out::toBuffer);
    }

    @Test
    void aLostValueIsAnErrorInARequestAndLeftOutOfAResponse() {
        HeartbeatRequest request = HeartbeatRequest.DEFAULT.withGroupInstanceId("static");
        UnsupportedVersion e =
                assertThrows(UnsupportedVersion.class, () -> request.write(new WireWriter(), 2));
        assertEquals(
                "HeartbeatRequest version 2 cannot carry groupInstanceId; leave it at its"
                        + " default, or use a peer that speaks a newer version",
                e.getMessage());
        HeartbeatResponse response = HeartbeatResponse.DEFAULT.withThrottleTimeMs(3);
        assertEquals(2, Messages.write(response, 0).remaining());
    }
}
