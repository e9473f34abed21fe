/// The administration client, under the names of Kafka's. What is answered are records; what is
/// asked goes out on the client's loop, and failures are those of {@link
/// io.millrace.common.errors}.
///
/// Owner thread: any; every call hands over to the client's loop.
@NullMarked
package io.millrace.clients.admin;

import org.jspecify.annotations.NullMarked;
