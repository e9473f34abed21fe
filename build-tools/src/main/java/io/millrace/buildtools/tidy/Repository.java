package io.millrace.buildtools.tidy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Everything that is written by hand here: all text files, and the Java among them as trees.
record Repository(List<TextFile> files, List<Source> sources) {
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".idea", ".vscode", ".millrace", "node_modules", "data");
    private static final Set<String> TEXT = Set.of(
            "java",
            "api",
            "xml",
            "md",
            "sh",
            "txt",
            "properties",
            "py",
            "js",
            "mjs",
            "json",
            "yml",
            "csv",
            "c");
    /// Data, not text: it is as its maker left it.
    private static final long LARGEST = 400_000;

    Repository {
        files = List.copyOf(files);
        sources = List.copyOf(sources);
    }

    static Repository of(TextFile... files) {
        return of(List.of(files));
    }

    static Repository of(List<TextFile> files) {
        var java = files.stream().filter(f -> f.path().endsWith(".java")).toList();
        return new Repository(files, SourceParser.parse(java));
    }

    static Repository read(Path root) throws IOException {
        List<TextFile> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(nameOf(folder)) && !folder.equals(root)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                    throws IOException {
                if (attributes.isRegularFile() && attributes.size() < LARGEST && isText(file)) {
                    String path = root.relativize(file).toString().replace('\\', '/');
                    files.add(new TextFile(path, Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Comparator.comparing(TextFile::path));
        return of(files);
    }

    private static boolean isText(Path file) {
        String name = nameOf(file);
        int dot = name.lastIndexOf('.');
        return dot < 0 || TEXT.contains(name.substring(dot + 1));
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }
}
