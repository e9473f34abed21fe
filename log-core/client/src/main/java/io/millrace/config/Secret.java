package io.millrace.config;

/// A value that must never reach a log or an answer: it prints as `[hidden]`.
public record Secret(String value) {
    @Override
    public String toString() {
        return "[hidden]";
    }
}
