package io.millrace.platform.conformance;

import io.millrace.protocol.Request;
import io.millrace.protocol.Uuid;
import java.util.LinkedHashMap;
import java.util.Map;

/// Requests by name, in the order in which they are sent.
final class RequestCases {
    /// What a request may refer to.
    record Names(Uuid topicId) {}

    record Case(Request request, int version) {}

    private final Map<String, Case> cases = new LinkedHashMap<>();

    void add(String name, int version, Request request) {
        if (cases.put(name, new Case(request, version)) != null) {
            throw new IllegalArgumentException("twice: " + name);
        }
    }

    Map<String, Case> all() {
        return cases;
    }
}
