package io.millrace.cluster;

import io.millrace.config.Setting;
import io.millrace.config.SettingDefinition;
import io.millrace.config.SettingType;
import io.millrace.protocol.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Kafka's settings that no settings record of ours has: they are known, so they are validated,
/// stored and described, and the table says why nothing acts on them.
final class SettingsTable {
    /// @param scope broker, topic or group
    record Line(
            String scope, SettingDefinition definition, Disposition disposition, String reason) {}

    private static final int COLUMNS = 6;

    private SettingsTable() {}

    static List<Line> load() {
        try (InputStream in = SettingsTable.class.getResourceAsStream("settings.tsv")) {
            if (in == null) {
                throw Check.failed("settings.tsv is missing from the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Line> parse(String text) {
        List<Line> lines = new ArrayList<>();
        Disposition disposition = Disposition.IGNORED;
        String reason = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("! ")) {
                String[] head = line.substring(2).split("\t", 2);
                disposition = Disposition.valueOf(head[0].toUpperCase(java.util.Locale.ROOT));
                reason = head[1];
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(line(line.split("\t"), disposition, reason));
            }
        }
        return List.copyOf(lines);
    }

    private static Line line(String[] columns, Disposition disposition, String reason) {
        if (columns.length != COLUMNS) {
            throw Check.failed("settings.tsv: " + String.join(" ", columns));
        }
        String fallback =
                columns[3].equals("-") ? null : columns[3].equals("\"\"") ? "" : columns[3];
        String valid = columns[4];
        boolean isRange = valid.contains("..");
        SettingDefinition definition = new SettingDefinition(
                columns[1],
                SettingType.valueOf(columns[2]),
                fallback,
                false,
                reason,
                isRange ? valid : "",
                isRange || valid.equals("-") ? List.of() : List.of(valid.split("\\|")),
                update(columns[5]));
        return new Line(columns[0], definition, disposition, reason);
    }

    private static Setting.Update update(String text) {
        for (Setting.Update update : Setting.Update.values()) {
            if (update.toString().equals(text)) {
                return update;
            }
        }
        throw Check.failed("settings.tsv: " + text);
    }
}
