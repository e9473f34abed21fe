/// Tests of the APIs. Owner thread: the test's.
@NullMarked
package io.millrace.broker.handler;

import org.jspecify.annotations.NullMarked;
