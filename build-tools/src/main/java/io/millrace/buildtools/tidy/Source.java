package io.millrace.buildtools.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;

/// A Java file and its syntax tree.
record Source(TextFile file, CompilationUnitTree unit, SourcePositions positions) {
    String path() {
        return file.path();
    }

    boolean isTest() {
        return path().contains("/src/test/");
    }

    /// The module's folder, such as `log-core/client`.
    String module() {
        int end = path().indexOf("/src/");
        return end < 0 ? "" : path().substring(0, end);
    }

    /// Without the prefix that all packages share; the empty name for a file without a package.
    String packageName() {
        return unit.getPackageName() == null
                ? ""
                : unit.getPackageName().toString().replaceFirst("^io\\.millrace\\.", "");
    }

    /// Whether its types carry Kafka's public names, so that neither names nor shapes are ours.
    boolean carriesKafkaNames() {
        return packageName().matches("(streams|clients|common)(\\..*)?");
    }

    long lineOf(Tree tree) {
        long start = positions.getStartPosition(unit, tree);
        return start < 0 ? 1 : unit.getLineMap().getLineNumber(start);
    }

    /// How many lines it takes, its first and last included.
    long linesOf(Tree tree) {
        long end = positions.getEndPosition(unit, tree);
        return unit.getLineMap().getLineNumber(end) - lineOf(tree) + 1;
    }
}
