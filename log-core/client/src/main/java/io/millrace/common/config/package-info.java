/// Names of configuration that programs use when they administer topics and brokers.
///
/// Owner thread: any; everything here is immutable.
@NullMarked
package io.millrace.common.config;

import org.jspecify.annotations.NullMarked;
