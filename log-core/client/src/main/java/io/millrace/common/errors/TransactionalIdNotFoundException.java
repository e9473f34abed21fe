package io.millrace.common.errors;

/// The server answered `TRANSACTIONAL_ID_NOT_FOUND`.
public class TransactionalIdNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public TransactionalIdNotFoundException(String message) {
        super(message);
    }

    public TransactionalIdNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
