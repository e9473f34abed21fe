package io.millrace.group;

/// Who sent a request, and in which version of its API.
public record Caller(String clientId, String clientHost, int apiVersion) {}
