/// Serializers, deserializers and serdes, under Kafka's names and with Kafka's bytes.
///
/// Owner thread: an instance belongs to the client it was given to.
@NullMarked
package io.millrace.common.serialization;

import org.jspecify.annotations.NullMarked;
