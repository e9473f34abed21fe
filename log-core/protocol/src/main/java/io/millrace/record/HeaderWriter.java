package io.millrace.record;

import java.nio.charset.StandardCharsets;

/// Writes the headers of a record, their count first.
final class HeaderWriter {
    private HeaderWriter() {}

    static int size(Iterable<? extends RecordHeader> headers) {
        long size = 0;
        int count = 0;
        for (RecordHeader header : headers) {
            count++;
            int key = utf8Size(header.key());
            byte[] value = header.value();
            size += GrowingBytes.varlongSize(key) + key;
            size += value == null ? 1 : GrowingBytes.varlongSize(value.length) + value.length;
        }
        return Math.toIntExact(size + GrowingBytes.varlongSize(count));
    }

    static void write(Iterable<? extends RecordHeader> headers, GrowingBytes to) {
        int count = 0;
        for (RecordHeader unused : headers) {
            count++;
        }
        to.putVarlong(count);
        for (RecordHeader header : headers) {
            key(header.key(), to);
            byte[] value = header.value();
            to.putVarlong(value == null ? -1 : value.length);
            if (value != null) {
                to.put(value, 0, value.length);
            }
        }
    }

    private static void key(String key, GrowingBytes to) {
        int size = utf8Size(key);
        to.putVarlong(size);
        if (size == key.length()) {
            for (int i = 0; i < size; i++) {
                to.put(key.charAt(i));
            }
        } else {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            to.put(bytes, 0, bytes.length);
        }
    }

    /// Header keys are plain ASCII as a rule, and then nothing is allocated for them.
    private static int utf8Size(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }
}
