package io.millrace.buildtools.tidy;

/// One rule. It looks at the whole repository, for some rules need more than one file.
interface Rule {
    void check(Repository repository, Complaints complaints);
}
