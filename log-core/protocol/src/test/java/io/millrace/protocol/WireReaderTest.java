package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WireReaderTest {
    private static WireReader reader(String hex) {
        return new WireReader(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    private static void malformed(String hex, Consumer<WireReader> read, String message) {
        MalformedFrame e = assertThrows(MalformedFrame.class, () -> read.accept(reader(hex)));
        assertEquals(message, e.getMessage());
    }

    @Test
    void readsNumbersInNetworkOrder() {
        WireReader in =
                reader("ff fffe ffff 80000000 ffffffff 8000000000000000 3ff8000000000000 01 00");
        assertEquals(-1, in.int8());
        assertEquals(-2, in.int16());
        assertEquals(65535, in.uint16());
        assertEquals(Integer.MIN_VALUE, in.int32());
        assertEquals(4294967295L, in.uint32());
        assertEquals(Long.MIN_VALUE, in.int64());
        assertEquals(1.5, in.float64());
        assertTrue(in.bool());
        assertEquals(false, in.bool());
        assertEquals(0, in.remaining());
    }

    @Test
    void readsVarintsOfEveryLength() {
        assertEquals(0, reader("00").unsignedVarint());
        assertEquals(127, reader("7f").unsignedVarint());
        assertEquals(128, reader("8001").unsignedVarint());
        assertEquals(-1, reader("ffffffff0f").unsignedVarint());
        assertEquals(-1, reader("01").varint());
        assertEquals(Integer.MIN_VALUE, reader("ffffffff0f").varint());
        assertEquals(Long.MIN_VALUE, reader("ffffffffffffffffff01").varlong());
        assertEquals(Long.MAX_VALUE, reader("feffffffffffffffff01").varlong());
    }

    @Test
    void refusesVarintsThatDoNotEnd() {
        malformed(
                "808080808001",
                WireReader::unsignedVarint,
                "a varint is longer than 5 bytes (at byte 5 of 6)");
        malformed(
                "ffffffff1f",
                WireReader::unsignedVarint,
                "a varint is larger than 32 bits (at byte 5 of 5)");
        malformed(
                "8080808080808080808001",
                WireReader::varlong,
                "a varint is longer than 10 bytes (at byte 10 of 11)");
        malformed(
                "80",
                WireReader::varint,
                "a field claims 1 bytes and there are 0 left (at byte 1 of 1)");
    }

    @Test
    void readsStringsInBothForms() {
        assertEquals("é!", reader("0003 c3a921").string(false));
        assertEquals("é!", reader("04 c3a921").string(true));
        assertEquals("", reader("01").string(true));
        assertNull(reader("ffff").nullableString(false));
        assertNull(reader("00").nullableString(true));
    }

    @Test
    void readsStringsFromDirectMemoryToo() {
        byte[] frame = {9, 9, 3, 'o', 'k', 7};
        ByteBuffer direct = ByteBuffer.allocateDirect(8).put(frame).flip();
        direct.position(2);
        WireReader in = new WireReader(direct);
        assertEquals("ok", in.string(true));
        assertEquals(7, in.int8());
        assertEquals(2, direct.position());
    }

    @Test
    void checksTheLengthOfStringsFirst() {
        malformed(
                "7fff 61",
                in -> in.string(false),
                "a field claims 32767 bytes and there are 1 left (at byte 2 of 3)");
        malformed(
                "818002",
                in -> in.string(true),
                "a string claims 32768 bytes, more than 32767 (at byte 3 of 3)");
        malformed(
                "ffff",
                in -> in.string(false),
                "a string is null that must not be (at byte 2 of 2)");
        malformed(
                "00", in -> in.string(true), "a string is null that must not be (at byte 1 of 1)");
    }

    @Test
    void whatIsNotUtf8IsReplacedIfItCanBeWrittenAgain() {
        assertEquals("\ufffd!", reader("0002 ff21").string(false));
        byte[] frame = new byte[2 + 12_000];
        Arrays.fill(frame, (byte) 0xff);
        ByteBuffer.wrap(frame).putShort((short) 12_000);
        MalformedFrame e = assertThrows(
                MalformedFrame.class, () -> new WireReader(ByteBuffer.wrap(frame)).string(false));
        assertEquals("a long string is not UTF-8 (at byte 12002 of 12002)", e.getMessage());
    }

    @Test
    void bytesAreSlicesOfTheFrame() {
        byte[] frame = {0, 0, 0, 2, 5, 6, 7};
        WireReader in = new WireReader(ByteBuffer.wrap(frame));
        ByteBuffer bytes = in.bytes(false);
        assertSame(frame, bytes.array());
        assertEquals(ByteBuffer.wrap(new byte[] {5, 6}), bytes);
        assertEquals(2, bytes.capacity());
        assertEquals(7, in.int8());
    }

    @Test
    void readsNullBytesAndRecords() {
        assertNull(reader("ffffffff").nullableBytes(false));
        assertNull(reader("00").nullableRecords(true));
        assertEquals(2, reader("03 0102").records(true).sizeInBytes());
        malformed(
                "ffffffff",
                in -> in.bytes(false),
                "a byte field is null that must not be (at byte 4 of 4)");
        malformed(
                "7fffffff 00",
                in -> in.nullableRecords(false),
                "a field claims 2147483647 bytes and there are 1 left (at byte 4 of 5)");
    }

    @Test
    void checksTheCountOfListsFirst() {
        assertEquals(2, reader("00000002 0000").arrayLength(false));
        assertEquals(-1, reader("ffffffff").nullableArrayLength(false));
        malformed(
                "00000003 0000",
                in -> in.arrayLength(false),
                "a list claims 3 elements and there are 2 bytes left (at byte 4 of 6)");
        malformed(
                "00",
                in -> in.arrayLength(true),
                "a list is null that must not be (at byte 1 of 1)");
    }

    @Test
    void boundsTheElementsOfAllListsTogether() {
        WireReader in = new WireReader(ByteBuffer.allocate(8 + WireReader.MAX_ELEMENTS)
                .putInt(WireReader.MAX_ELEMENTS)
                .putInt(1)
                .rewind());
        assertEquals(WireReader.MAX_ELEMENTS, in.arrayLength(false));
        MalformedFrame e = assertThrows(MalformedFrame.class, () -> in.arrayLength(false));
        assertEquals(
                "more than 8000000 list elements in one message (at byte 8 of 8000008)",
                e.getMessage());
    }

    @Test
    void skipsTagsItDoesNotKnow() {
        WireReader in = reader("02 00 02 aabb 05 00 2a");
        in.skipTags();
        assertEquals(42, in.int8());
        malformed(
                "03 0000",
                WireReader::skipTags,
                "a struct claims 3 tagged fields and there are 2 bytes left (at byte 1 of 3)");
        malformed(
                "01 00 05 00",
                WireReader::skipTags,
                "a field claims 5 bytes and there are 1 left (at byte 3 of 4)");
    }

    @Test
    void aTaggedFieldMustHaveTheSizeItClaims() {
        // FetchRequest 12, tag 0, a cluster id of one byte that claims three.
        ByteBuffer bytes = Messages.write(FetchRequest.DEFAULT.withClusterId("c"), 12);
        int size = bytes.limit() - 3;
        assertEquals(2, bytes.get(size));
        ByteBuffer longer =
                ByteBuffer.allocate(bytes.limit() + 1).put(bytes.duplicate()).flip();
        longer.limit(bytes.limit() + 1).put(size, (byte) 3);
        MalformedFrame e = assertThrows(
                MalformedFrame.class, () -> FetchRequest.read(new WireReader(longer), 12));
        assertTrue(e.toString().contains("the tagged field 0 does not have the size it claims"));
    }

    @Test
    void anUnknownErrorCodeReadsAsUnknown() {
        assertEquals(ErrorCode.UNKNOWN_SERVER_ERROR, reader("7fff").error());
        assertEquals(ErrorCode.NOT_COORDINATOR, reader("0010").error());
    }

    @Test
    void aVersionWithoutSchemaIsRefused() {
        MalformedFrame e =
                assertThrows(MalformedFrame.class, () -> TopicRecord.read(reader(""), 1));
        assertTrue(e.toString()
                .contains("TopicRecord version 1 is not known; this release reads 0 to 0"));
    }
}
