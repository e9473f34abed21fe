package io.millrace.buildtools.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyJavaFileLooksTheSame() throws IOException {
        List<Path> ragged = Format.ragged(Format.javaFiles(ROOT));
        assertEquals(List.of(), ragged, "mvn -Pformat -pl build-tools process-classes mends these");
    }

    @Test
    void aFileOutOfStyleIsSeenAndMended() {
        String out = "package p;\nimport java.util.Set;\nimport java.util.List;\n"
                + "class A{List<String> b( int c ){return null ;}}\n";
        String in = """
                package p;

                import java.util.List;

                class A {
                    List<String> b(int c) {
                        return null;
                    }
                }
                """;
        assertEquals(in, JavaStyle.applied("A.java", out));
        assertEquals(in, JavaStyle.applied("A.java", in));
    }

    @Test
    void aParagraphWithALongLineIsWrappedAndItsNeighboursStay() {
        String word = "word ".repeat(18);
        String out = "/// " + word + "too long a line\n/// end.\n///\n/// Short\n/// lines.\n"
                + "///  - " + word + "item goes on\nclass A {}\n";
        assertEquals(
                "/// " + word + "too\n/// long a line end.\n///\n/// Short\n/// lines.\n///  - "
                        + word.strip() + "\n///  item goes on\nclass A {}\n",
                CommentWrap.applied(out));
    }
}
