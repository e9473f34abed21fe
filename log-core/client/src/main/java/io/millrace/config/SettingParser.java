package io.millrace.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Texts to values, with Kafka's rules and wording.
final class SettingParser {
    private SettingParser() {}

    static Object parse(SettingDefinition setting, String text) {
        String trimmed = text.trim();
        try {
            return switch (setting.type()) {
                case BOOLEAN -> parseBoolean(setting, trimmed);
                case INT -> Integer.parseInt(trimmed);
                case SHORT -> Short.parseShort(trimmed);
                case LONG -> Long.parseLong(trimmed);
                case DOUBLE -> Double.parseDouble(trimmed);
                case STRING, CLASS -> trimmed;
                case LIST -> parseList(trimmed);
                case PASSWORD -> new Secret(trimmed);
            };
        } catch (NumberFormatException e) {
            throw setting.bad(text, "Not a number of type " + setting.type());
        }
    }

    private static Boolean parseBoolean(SettingDefinition setting, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw setting.bad(text, "Expected value to be either true or false");
        };
    }

    private static List<String> parseList(String text) {
        List<String> elements = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String element : text.split(",", -1)) {
                elements.add(element.trim());
            }
        }
        return elements;
    }

    static void checkRange(SettingDefinition setting, Object value) {
        int dots = setting.range().indexOf("..");
        if (dots < 0 || !(value instanceof Number number)) {
            return;
        }
        String least = setting.range().substring(0, dots);
        String most = setting.range().substring(dots + 2);
        if (!least.isEmpty() && compare(number, least) < 0) {
            throw setting.bad(value.toString(), "Value must be at least " + least);
        }
        if (!most.isEmpty() && compare(number, most) > 0) {
            throw setting.bad(value.toString(), "Value must be no more than " + most);
        }
    }

    private static int compare(Number value, String bound) {
        return value instanceof Double d
                ? Double.compare(d, Double.parseDouble(bound))
                : Long.compare(value.longValue(), Long.parseLong(bound));
    }

    static void checkChoice(SettingDefinition setting, Object value) {
        List<String> oneOf = setting.oneOf();
        if (oneOf.isEmpty()) {
            return;
        }
        String choices = String.join(", ", oneOf);
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (!oneOf.contains(element)) {
                    throw setting.bad(element.toString(), "String must be one of: " + choices);
                }
            }
        } else if (!oneOf.contains(value.toString())) {
            throw setting.bad(value.toString(), "String must be one of: " + choices);
        }
    }
}
