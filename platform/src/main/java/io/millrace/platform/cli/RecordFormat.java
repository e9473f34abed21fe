package io.millrace.platform.cli;

import io.millrace.clients.consumer.ConsumerRecord;
import io.millrace.common.header.Header;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a record is printed, with the letters of kcat: `%t` topic, `%p` partition, `%o` offset,
/// `%T` timestamp, `%k` key, `%s` value (also `%v`), `%K` and `%S` their lengths (-1 for null),
/// `%h` headers, `%%`; and `\n`, `\t`, `\r`, `\\`. Keys and values are written as the bytes they
/// are.
final class RecordFormat {
    private static final String LETTERS = "tpoTksvKSh%";
    private final List<String> pieces;

    private RecordFormat(List<String> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    static RecordFormat parse(String text) {
        var pieces = new ArrayList<String>();
        var literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '%' || c == '\\') && i + 1 == text.length()) {
                throw new Failure("the format ends with a lone '" + c + "': double it");
            }
            if (c == '\\') {
                literal.append(escape(text.charAt(++i)));
            } else if (c == '%') {
                char letter = text.charAt(++i);
                if (LETTERS.indexOf(letter) < 0) {
                    throw new Failure("the format knows no %" + letter
                            + ": use one of %t %p %o %T %k %s %K %S %h %%");
                }
                pieces.add(literal.toString());
                literal.setLength(0);
                pieces.add("%" + letter);
            } else {
                literal.append(c);
            }
        }
        pieces.add(literal.toString());
        return new RecordFormat(pieces);
    }

    private static char escape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '0' -> '\0';
            default -> c;
        };
    }

    void print(ConsumerRecord<byte[], byte[]> record, PrintStream out) {
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            if (i % 2 == 0) {
                text(piece, out);
            } else {
                field(piece.charAt(1), record, out);
            }
        }
    }

    private static void field(char letter, ConsumerRecord<byte[], byte[]> record, PrintStream out) {
        switch (letter) {
            case 't' -> text(record.topic(), out);
            case 'p' -> text(Integer.toString(record.partition()), out);
            case 'o' -> text(Long.toString(record.offset()), out);
            case 'T' -> text(Long.toString(record.timestamp()), out);
            case 'k' -> bytes(record.key(), out);
            case 's', 'v' -> bytes(record.value(), out);
            case 'K' -> text(Integer.toString(length(record.key())), out);
            case 'S' -> text(Integer.toString(length(record.value())), out);
            case 'h' -> headers(record, out);
            default -> text("%", out);
        }
    }

    private static void headers(ConsumerRecord<byte[], byte[]> record, PrintStream out) {
        boolean first = true;
        for (Header header : record.headers()) {
            text((first ? "" : ",") + header.key() + "=", out);
            bytes(header.value(), out);
            first = false;
        }
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? -1 : bytes.length;
    }

    private static void text(String text, PrintStream out) {
        bytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static void bytes(byte @Nullable [] bytes, PrintStream out) {
        if (bytes != null) {
            out.write(bytes, 0, bytes.length);
        }
    }
}
