/// Settings: what an operator or a program sets by key, as records. A record component with
/// {@link io.millrace.config.Setting} is the one place where key, default and help of a setting
/// stand; parsing, `DescribeConfigs` and docs/settings.md are made from it.
///
/// Owner thread: any; everything here is immutable or belongs to its caller.
@NullMarked
package io.millrace.config;

import org.jspecify.annotations.NullMarked;
