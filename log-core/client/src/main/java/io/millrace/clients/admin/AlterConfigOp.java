package io.millrace.clients.admin;

/// A change of one setting.
public record AlterConfigOp(ConfigEntry configEntry, OpType opType) {
    /// In the order of the wire's numbers.
    public enum OpType {
        SET,
        DELETE,
        APPEND,
        SUBTRACT
    }
}
