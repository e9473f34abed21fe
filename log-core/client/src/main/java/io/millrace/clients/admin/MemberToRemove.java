package io.millrace.clients.admin;

/// A static member, by its instance id.
public record MemberToRemove(String groupInstanceId) {}
