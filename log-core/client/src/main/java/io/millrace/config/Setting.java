package io.millrace.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes the setting behind a component of a settings record. The component's type gives the
/// setting's type: boolean, int, long, short, double, String, `List<String>`, {@link Secret}, or an
/// enum whose constants print as the values that a user writes.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /// The default of a setting that must be given.
    String REQUIRED = "\u0000required";

    /// The default of a setting that is null unless it is given; the component is `@Nullable`.
    String UNSET = "\u0000unset";

    /// Kafka's key, where Kafka has one.
    String key();

    /// The default, as a user would write it.
    String value();

    String help();

    /// Bounds of a number, both inclusive, either may be missing: `1..`, `0..1`, `..100`.
    String range() default "";

    /// The values that a string, or each element of a list, may take; empty for any.
    String[] oneOf() default {};

    /// Whether the string names a class (the type that `DescribeConfigs` reports).
    boolean isClass() default false;

    /// What it takes to change the setting.
    Update update() default Update.RESTART;

    /// Kafka's three modes of update.
    enum Update {
        RESTART("read-only"),
        NODE("per-broker"),
        CLUSTER("cluster-wide");

        private final String text;

        Update(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
