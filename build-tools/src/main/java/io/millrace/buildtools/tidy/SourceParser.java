package io.millrace.buildtools.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Text to syntax trees by the parser of the JDK that runs this.
final class SourceParser {
    private SourceParser() {}

    static List<Source> parse(List<TextFile> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        var problems = new DiagnosticCollector<JavaFileObject>();
        Map<URI, TextFile> byAddress = new HashMap<>();
        files.forEach(file -> byAddress.put(addressOf(file), file));
        var units = files.stream().map(Unit::new).toList();
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, List.of("-proc:none"), null, units);
        List<Source> sources = new ArrayList<>();
        try {
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree tree : task.parse()) {
                TextFile file = byAddress.get(tree.getSourceFile().toUri());
                sources.add(new Source(Objects.requireNonNull(file), tree, positions));
            }
        } catch (IOException e) {
            throw new IllegalStateException("The parser reads from memory alone", e);
        }
        for (var problem : problems.getDiagnostics()) {
            throw new IllegalArgumentException(problem.toString());
        }
        return sources;
    }

    private static URI addressOf(TextFile file) {
        return URI.create("memory:///" + file.path());
    }

    private static final class Unit extends SimpleJavaFileObject {
        private final TextFile file;

        private Unit(TextFile file) {
            super(addressOf(file), Kind.SOURCE);
            this.file = file;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return file.text();
        }
    }
}
