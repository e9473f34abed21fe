package io.millrace.buildtools.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Rewrites the Java files of the repository, or those named after its root, that look different
/// from {@link JavaStyle}.
public final class Format {
    private Format() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments.length == 0 ? "." : arguments[0])
                .toAbsolutePath()
                .normalize();
        List<Path> files = Stream.of(arguments).skip(1).map(Path::of).toList();
        for (Path file : ragged(files.isEmpty() ? javaFiles(root) : files)) {
            Files.writeString(file, JavaStyle.applied(file.toString(), Files.readString(file)));
            System.out.println("formatted " + file);
        }
    }

    /// Those that are not as the style has them.
    static List<Path> ragged(List<Path> files) {
        return files.parallelStream().filter(Format::isRagged).toList();
    }

    static List<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file ->
                            root.relativize(file).toString().matches("(?!.*\\btarget\\b).*"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isRagged(Path file) {
        try {
            String text = Files.readString(file);
            return !JavaStyle.applied(file.toString(), text).equals(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
