package io.millrace.clients.admin;

import io.millrace.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/// What a broker said about one of the things that a request asked about.
record Answer<V>(ErrorCode error, @Nullable String message, V value) {}
