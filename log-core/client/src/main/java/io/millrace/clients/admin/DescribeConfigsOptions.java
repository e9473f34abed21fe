package io.millrace.clients.admin;

/// What to tell of each setting.
public record DescribeConfigsOptions(boolean includeSynonyms, boolean includeDocumentation) {
    public DescribeConfigsOptions() {
        this(false, false);
    }

    public DescribeConfigsOptions includeSynonyms(boolean wanted) {
        return new DescribeConfigsOptions(wanted, includeDocumentation);
    }

    public DescribeConfigsOptions includeDocumentation(boolean wanted) {
        return new DescribeConfigsOptions(includeSynonyms, wanted);
    }
}
