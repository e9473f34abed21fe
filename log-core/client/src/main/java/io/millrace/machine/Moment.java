package io.millrace.machine;

/// When a command is decided, and what comes with it from outside of the machine.
///
/// @param nowMs wall clock, milliseconds since 1970 @param random 64 random bits, for names that
///     nobody must guess or repeat @param ticket the command's own number, never used twice while
///     the machine lives; a command whose reply is parked is answered under it
public record Moment(long nowMs, long random, long ticket) {}
