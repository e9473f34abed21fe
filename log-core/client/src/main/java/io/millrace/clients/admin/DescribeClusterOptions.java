package io.millrace.clients.admin;

/// Which brokers to tell of.
public record DescribeClusterOptions(boolean includeFencedBrokers) {
    public DescribeClusterOptions() {
        this(false);
    }

    public DescribeClusterOptions includeFencedBrokers(boolean wanted) {
        return new DescribeClusterOptions(wanted);
    }
}
