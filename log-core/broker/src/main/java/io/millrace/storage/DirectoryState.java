package io.millrace.storage;

/// How a log directory's disk is doing.
///
/// ```
/// Online <--> Full        Online, Full --> Offline, for good
/// ```
sealed interface DirectoryState {
    record Online() implements DirectoryState {}

    record Full(String reason) implements DirectoryState {}

    record Offline(String reason) implements DirectoryState {}
}
