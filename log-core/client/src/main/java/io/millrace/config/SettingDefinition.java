package io.millrace.config;

import io.millrace.protocol.BadSetting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One setting: what `Setting` says about a record component, or a line of a table of settings that
/// no component reads.
///
/// @param defaultValue as a user would write it; null when there is none
/// @param required whether it must be given
/// @param range bounds as in {@link Setting#range}
/// @param oneOf allowed values, or elements of a list; empty for any
public record SettingDefinition(
        String key,
        SettingType type,
        @Nullable String defaultValue,
        boolean required,
        String help,
        String range,
        List<String> oneOf,
        Setting.Update update) {
    public SettingDefinition {
        oneOf = List.copyOf(oneOf);
    }

    public boolean isSensitive() {
        return type == SettingType.PASSWORD;
    }

    /// Throws {@link BadSetting}, worded as Kafka does, unless the text is a value of this setting.
    public void validate(@Nullable String text) {
        parse(text);
    }

    /// The value as Boolean, String, Integer, Short, Long, Double, List or Secret; null for null
    /// where null is the default.
    public @Nullable Object parse(@Nullable String text) {
        if (text == null) {
            if (required || defaultValue != null) {
                throw bad(
                        "null",
                        type == SettingType.STRING || type == SettingType.LIST
                                ? "entry must be non null"
                                : "Value must be non-null");
            }
            return null;
        }
        Object value = SettingParser.parse(this, text);
        SettingParser.checkRange(this, value);
        SettingParser.checkChoice(this, value);
        return value;
    }

    BadSetting bad(String text, String reason) {
        String shown = isSensitive() ? "[hidden]" : text;
        return new BadSetting(
                "Invalid value " + shown + " for configuration " + key + ": " + reason);
    }
}
