/// Turns the schema files of the wire into Java. Runs in the build, on its one thread, and is never
/// shipped. `SchemaParser` reads text into `Schema`; `MessageFile`, `ApiFile` and `LogFile` write
/// it.
///
/// Owner thread: the one thread of the generator.
@NullMarked
package io.millrace.buildtools.protocol;

import org.jspecify.annotations.NullMarked;
