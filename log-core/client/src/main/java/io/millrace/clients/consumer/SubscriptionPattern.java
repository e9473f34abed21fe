package io.millrace.clients.consumer;

/// A regular expression in the syntax of RE2, which the server matches with the names of topics
/// (`group.protocol=consumer` only).
public record SubscriptionPattern(String pattern) {
    @Override
    public String toString() {
        return pattern;
    }
}
