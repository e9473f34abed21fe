package io.millrace.broker.request;

/// Who a connection belongs to.
public record Principal(String type, String name) {
    /// Everybody on a listener that asks for no credentials.
    public static final Principal ANONYMOUS = new Principal("User", "ANONYMOUS");

    @Override
    public String toString() {
        return type + ":" + name;
    }
}
