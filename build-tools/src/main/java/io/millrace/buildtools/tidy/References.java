package io.millrace.buildtools.tidy;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreeScanner;
import java.util.LinkedHashMap;
import java.util.Map;

/// The dotted names that a file mentions, with the line of the first mention: what it imports, and
/// what it selects (`Instant.now`, `java.util.List`). A static import counts as written.
final class References extends TreeScanner<Void, Void> {
    private final Source source;
    private final Map<String, Long> names = new LinkedHashMap<>();

    private References(Source source) {
        this.source = source;
    }

    static Map<String, Long> of(Source source) {
        References references = new References(source);
        references.scan(source.unit().getImports(), null);
        references.scan(source.unit().getTypeDecls(), null);
        return references.names;
    }

    @Override
    public Void visitImport(ImportTree tree, Void unused) {
        names.putIfAbsent(tree.getQualifiedIdentifier().toString(), source.lineOf(tree));
        return null;
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        String name = tree.toString();
        if (name.matches("[\\w.]+")) {
            names.putIfAbsent(name, source.lineOf(tree));
        }
        return super.visitMemberSelect(tree, unused);
    }
}
