package io.millrace.config;

import java.util.List;

/// A table of settings in Markdown, as docs/settings.md shows them.
public final class SettingsPage {
    private final StringBuilder text = new StringBuilder();

    public SettingsPage(String title, String introduction) {
        text.append("# ").append(title).append("\n\n").append(introduction).append('\n');
    }

    public SettingsPage section(String title, String introduction) {
        text.append("\n## ").append(title).append("\n\n");
        if (!introduction.isEmpty()) {
            text.append(introduction).append("\n\n");
        }
        return this;
    }

    public SettingsPage settings(List<SettingDefinition> settings) {
        text.append("| key | type | default | valid | change | what it does |\n");
        text.append("|---|---|---|---|---|---|\n");
        settings.forEach(this::row);
        return this;
    }

    /// The keys alone, with their defaults, below what holds for all of them.
    public SettingsPage keys(String paragraph, List<SettingDefinition> settings) {
        text.append(paragraph).append("\n\n");
        for (SettingDefinition setting : settings) {
            text.append("- `").append(setting.key()).append('`');
            String fallback = defaultOf(setting);
            text.append(fallback.isEmpty() ? "" : " (" + fallback + ")").append('\n');
        }
        text.append('\n');
        return this;
    }

    private void row(SettingDefinition setting) {
        text.append("| `")
                .append(setting.key())
                .append("` | ")
                .append(setting.type().name().toLowerCase(java.util.Locale.ROOT))
                .append(" | ")
                .append(defaultOf(setting))
                .append(" | ")
                .append(escape(
                        setting.oneOf().isEmpty()
                                ? setting.range()
                                : String.join(", ", setting.oneOf())))
                .append(" | ")
                .append(setting.update())
                .append(" | ")
                .append(escape(setting.help()))
                .append(" |\n");
    }

    private static String defaultOf(SettingDefinition setting) {
        String value = setting.defaultValue();
        if (value == null) {
            return setting.required() ? "required" : "";
        }
        return value.isEmpty() ? "`\"\"`" : "`" + escape(value) + "`";
    }

    private static String escape(String cell) {
        return cell.replace("|", "\\|");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
