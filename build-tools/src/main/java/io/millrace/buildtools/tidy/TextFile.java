package io.millrace.buildtools.tidy;

import java.util.List;

/// A text file of the repository, path relative to its root with `/` between folders.
record TextFile(String path, String text) {
    /// Without line ends; a last line without one counts.
    List<String> lines() {
        return text.lines().toList();
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
