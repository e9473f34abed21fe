package io.millrace.storage;

import io.millrace.protocol.Uuid;
import java.nio.file.Path;

/// Where a log lies, or will.
record LogFolder(LogId id, Uuid topicId, Path path, boolean exists) {}
