package io.millrace.platform.dump;

import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.OffsetsKey;
import io.millrace.protocol.OffsetsValue;
import io.millrace.protocol.UnsupportedVersion;
import io.millrace.protocol.WireReader;
import io.millrace.record.BatchReader;
import io.millrace.record.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What a record says, as text: that depends on the topic, which the file's folder tells.
enum RecordText {
    /// Records of users: text where it is text.
    USERS {
        @Override
        void data(@Nullable ByteBuffer key, @Nullable ByteBuffer value, Row row) {
            bytes("key", key, row);
            bytes("value", value, row);
        }
    },
    /// Records of `__cluster_metadata`.
    METADATA {
        @Override
        void data(@Nullable ByteBuffer key, @Nullable ByteBuffer value, Row row) {
            if (value == null) {
                bytes("key", key, row);
                return;
            }
            WireReader in = new WireReader(value.duplicate());
            in.unsignedVarint(); // the frame's version
            int type = in.unsignedVarint();
            int version = in.unsignedVarint();
            MetadataRecord record = MetadataRecord.read(type, version, in);
            row.with("record", record == null ? "of the unknown type " + type : record.toString());
        }
    },
    /// Records of `__consumer_offsets`.
    GROUPS {
        @Override
        void data(@Nullable ByteBuffer key, @Nullable ByteBuffer value, Row row) {
            if (key == null) {
                bytes("value", value, row);
                return;
            }
            WireReader keyReader = new WireReader(key.duplicate());
            int type = keyReader.int16();
            OffsetsKey known = OffsetsKey.read(type, 0, keyReader);
            if (known == null) {
                bytes("key", key, row);
                bytes("value", value, row);
                return;
            }
            row.with("record", known.toString());
            if (value == null) {
                row.with("says", "erased");
                return;
            }
            WireReader valueReader = new WireReader(value.duplicate());
            OffsetsValue says = OffsetsValue.read(type, valueReader.int16(), valueReader);
            row.with("says", String.valueOf(says));
        }
    };

    private static final int CONTROL_KEY_BYTES = 4;
    private static final String[] CONTROL_TYPES = {
        "abort",
        "commit",
        "leader change",
        "snapshot header",
        "snapshot footer",
        "raft version",
        "voters"
    };

    static RecordText of(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String name = folder == null ? "" : String.valueOf(folder.getFileName());
        if (name.startsWith("__cluster_metadata-")) {
            return METADATA;
        }
        return name.startsWith("__consumer_offsets-") ? GROUPS : USERS;
    }

    abstract void data(@Nullable ByteBuffer key, @Nullable ByteBuffer value, Row row);

    void describe(boolean isControl, BatchReader record, Row row) {
        for (RecordHeader header : record.headers()) {
            byte[] value = header.value();
            row.with("header " + header.key(), text(value == null ? null : ByteBuffer.wrap(value)));
        }
        ByteBuffer key = record.key();
        if (isControl && key != null && key.remaining() >= CONTROL_KEY_BYTES) {
            int type = key.getShort(key.position() + 2);
            boolean isKnown = type >= 0 && type < CONTROL_TYPES.length;
            row.with("control", isKnown ? CONTROL_TYPES[type] : Integer.toString(type));
            return;
        }
        try {
            data(key, record.value(), row);
        } catch (MalformedFrame | UnsupportedVersion unreadable) {
            row.with("unreadable", String.valueOf(unreadable.getMessage()));
        }
    }

    private static void bytes(String name, @Nullable ByteBuffer bytes, Row row) {
        row.with(name, text(bytes));
    }

    /// As it is, or `base64:` where it is no text of one line.
    private static String text(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return "null";
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        String text = new String(copy, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), copy)
                && text.chars().noneMatch(Character::isISOControl);
        return isText ? text : "base64:" + Base64.getEncoder().encodeToString(copy);
    }
}
