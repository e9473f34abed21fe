package io.millrace.clients.consumer;

import io.millrace.common.errors.RetriableException;

/// An asynchronous commit failed and may work when tried again.
public class RetriableCommitFailedException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public RetriableCommitFailedException(String message) {
        super(message);
    }

    public RetriableCommitFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    public RetriableCommitFailedException(Throwable cause) {
        super("The commit failed for now: " + cause.getMessage(), cause);
    }
}
