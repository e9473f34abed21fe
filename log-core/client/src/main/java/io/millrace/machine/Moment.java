package io.millrace.machine;

/// When a command is decided, and the chance that comes with it.
///
/// @param nowMs wall clock, milliseconds since 1970
/// @param random 64 random bits, for names that nobody must guess or repeat
public record Moment(long nowMs, long random) {}
