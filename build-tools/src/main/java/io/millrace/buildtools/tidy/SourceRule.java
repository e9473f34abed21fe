package io.millrace.buildtools.tidy;

/// A rule that needs one Java file at a time.
interface SourceRule extends Rule {
    void check(Source source, Complaints complaints);

    @Override
    default void check(Repository repository, Complaints complaints) {
        for (Source source : repository.sources()) {
            check(source, complaints);
        }
    }
}
