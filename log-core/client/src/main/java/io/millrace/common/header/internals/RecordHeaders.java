package io.millrace.common.header.internals;

import io.millrace.common.header.Header;
import io.millrace.common.header.Headers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Headers in a list, which is not made before there is one.
public class RecordHeaders implements Headers {
    private static final Header[] NONE = new Header[0];

    private List<Header> headers = List.of();
    private volatile boolean isReadOnly;

    public RecordHeaders() {}

    public RecordHeaders(Header[] headers) {
        this(List.of(headers));
    }

    public RecordHeaders(Iterable<Header> headers) {
        for (Header header : headers) {
            add(header);
        }
    }

    @Override
    public Headers add(Header header) {
        checkWritable();
        if (headers.isEmpty()) {
            headers = new ArrayList<>(4);
        }
        headers.add(header);
        return this;
    }

    @Override
    public Headers add(String key, byte @Nullable [] value) {
        return add(new RecordHeader(key, value));
    }

    @Override
    public Headers remove(String key) {
        checkWritable();
        if (!headers.isEmpty()) {
            headers.removeIf(header -> header.key().equals(key));
        }
        return this;
    }

    @Override
    public @Nullable Header lastHeader(String key) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).key().equals(key)) {
                return headers.get(i);
            }
        }
        return null;
    }

    @Override
    public Iterable<Header> headers(String key) {
        return headers.stream().filter(header -> header.key().equals(key)).toList();
    }

    @Override
    public Header[] toArray() {
        return headers.isEmpty() ? NONE : headers.toArray(NONE);
    }

    @Override
    public Iterator<Header> iterator() {
        return isReadOnly ? Collections.unmodifiableList(headers).iterator() : headers.iterator();
    }

    /// Called when the record is on its way.
    public void setReadOnly() {
        isReadOnly = true;
    }

    private void checkWritable() {
        if (isReadOnly) {
            throw new IllegalStateException("The record was sent: its headers cannot change");
        }
    }

    @Override
    public int hashCode() {
        return headers.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordHeaders that && headers.equals(that.headers);
    }

    @Override
    public String toString() {
        return "RecordHeaders(headers = " + headers + ", isReadOnly = " + isReadOnly + ")";
    }
}
