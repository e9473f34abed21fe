package io.millrace.common.header;

import org.jspecify.annotations.Nullable;

/// Headers of a record, in their order; a key may occur more than once. They can be changed until
/// the record is sent; later a change throws `IllegalStateException`.
public interface Headers extends Iterable<Header> {
    Headers add(Header header);

    Headers add(String key, byte @Nullable [] value);

    /// Removes all headers of this key.
    Headers remove(String key);

    /// The newest of this key, or null.
    @Nullable
    Header lastHeader(String key);

    Iterable<Header> headers(String key);

    Header[] toArray();
}
