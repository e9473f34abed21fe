package io.millrace.clients.admin;

/// Deletes the records before this offset; -1 stands for the high watermark.
public record RecordsToDelete(long beforeOffset) {
    public static RecordsToDelete beforeOffset(long offset) {
        return new RecordsToDelete(offset);
    }
}
