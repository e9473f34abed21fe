/// What the three clients share in their public API.
///
/// Owner thread: any; everything here is immutable.
@NullMarked
package io.millrace.clients;

import org.jspecify.annotations.NullMarked;
