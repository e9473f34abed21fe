package io.millrace.buildtools.tidy;

import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/// What the rules found, in the order of the files.
final class Complaints {
    private final List<Complaint> found = new ArrayList<>();

    void add(Rule rule, Source source, Tree where, String text) {
        add(rule, source.path(), source.lineOf(where), text);
    }

    void add(Rule rule, String path, long line, String text) {
        found.add(new Complaint(path, line, rule.getClass().getSimpleName(), text));
    }

    List<Complaint> found() {
        return List.copyOf(found);
    }
}
