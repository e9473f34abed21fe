package io.millrace.config;

import io.millrace.protocol.BadSetting;
import io.millrace.protocol.Check;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Property maps to settings records. Every problem of a map is reported at once, so that a person
/// mends it in one go.
///
/// The only place of the log core that uses reflection. A record that is not public is
/// reached as well.
public final class Settings {
    private final Map<Class<?>, Record> records;
    private final List<String> unknown;

    private Settings(Map<Class<?>, Record> records, List<String> unknown) {
        this.records = records;
        this.unknown = unknown;
    }

    /// For property maps of clients: keys that no record knows are kept in `unknown`, to be warned
    /// of.
    @SafeVarargs
    public static Settings parse(Map<String, String> values, Class<? extends Record>... types) {
        List<String> problems = new ArrayList<>();
        Settings settings = read(values, problems, types);
        refuse(problems);
        return settings;
    }

    /// For servers: an unknown key is a problem like a bad value.
    ///
    /// @param elsewhere says of a key and value that no record knows why they are refused; an empty
    ///        text when they are not
    @SafeVarargs
    public static Settings parseStrictly(
            Map<String, String> values,
            BinaryOperator<String> elsewhere,
            Class<? extends Record>... types) {
        List<String> problems = new ArrayList<>();
        Settings settings = read(values, problems, types);
        for (String key : settings.unknown) {
            String refusal = elsewhere.apply(key, values.getOrDefault(key, ""));
            if (!refusal.isEmpty()) {
                problems.add(refusal);
            }
        }
        refuse(problems);
        return settings;
    }

    /// One record; keys that it does not know are left to others.
    public static <T extends Record> T read(Class<T> type, Map<String, String> values) {
        return parse(values, type).get(type);
    }

    public <T extends Record> T get(Class<T> type) {
        Record found = records.get(type);
        if (found == null) {
            throw Check.failed(type + " was not parsed");
        }
        return type.cast(found);
    }

    /// Keys that no record knows, sorted.
    public List<String> unknown() {
        return unknown;
    }

    /// The settings of a record, in the order of its components.
    public static List<SettingDefinition> definitions(Class<? extends Record> type) {
        List<SettingDefinition> definitions = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            definitions.add(definition(component));
        }
        return List.copyOf(definitions);
    }

    @SafeVarargs
    private static Settings read(
            Map<String, String> values, List<String> problems, Class<? extends Record>... types) {
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        Map<Class<?>, Record> records = new LinkedHashMap<>();
        for (Class<? extends Record> type : types) {
            definitions(type).forEach(definition -> unknown.remove(definition.key()));
            Record made = readOne(type, values, problems);
            if (made != null) {
                records.put(type, made);
            }
        }
        return new Settings(records, List.copyOf(unknown));
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new BadSetting(String.join("; ", problems));
        }
    }

    /// Null when a problem was found.
    private static @Nullable Record readOne(
            Class<? extends Record> type, Map<String, String> values, List<String> problems) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new Object[components.length];
        int before = problems.size();
        for (int i = 0; i < components.length; i++) {
            try {
                arguments[i] = argument(components[i], values);
            } catch (BadSetting e) {
                problems.add(e.getMessage());
            }
        }
        return problems.size() > before ? null : construct(type, arguments, problems);
    }

    private static @Nullable Object argument(
            RecordComponent component, Map<String, String> values) {
        SettingDefinition definition = definition(component);
        if (!values.containsKey(definition.key()) && definition.required()) {
            throw new BadSetting("Missing required setting " + definition.key());
        }
        Object value =
                definition.parse(values.getOrDefault(definition.key(), definition.defaultValue()));
        if (value instanceof List<?> list) {
            return List.copyOf(list);
        }
        return component.getType().isEnum() && value != null
                ? constant(component.getType(), value.toString())
                : value;
    }

    private static @Nullable Record construct(
            Class<? extends Record> type, @Nullable Object[] arguments, List<String> problems) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof BadSetting bad) {
                problems.add(bad.getMessage());
                return null;
            }
            throw new IllegalStateException("bug: " + type + " refused its settings", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("bug: " + type + " cannot be made", e);
        }
    }

    private static SettingDefinition definition(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw Check.failed(component + " has no @Setting");
        }
        boolean isEnum = component.getType().isEnum();
        boolean hasDefault = !setting.value().startsWith("\u0000");
        return new SettingDefinition(
                setting.key(),
                type(component, setting),
                hasDefault ? setting.value() : null,
                setting.value().equals(Setting.REQUIRED),
                setting.help(),
                setting.range(),
                isEnum ? constants(component.getType()) : List.of(setting.oneOf()),
                setting.update());
    }

    private static SettingType type(RecordComponent component, Setting setting) {
        Class<?> type = component.getType();
        if (type == String.class || type.isEnum()) {
            return setting.isClass() ? SettingType.CLASS : SettingType.STRING;
        }
        return switch (type.getSimpleName()) {
            case "boolean", "Boolean" -> SettingType.BOOLEAN;
            case "int", "Integer" -> SettingType.INT;
            case "short", "Short" -> SettingType.SHORT;
            case "long", "Long" -> SettingType.LONG;
            case "double", "Double" -> SettingType.DOUBLE;
            case "List" -> SettingType.LIST;
            case "Secret" -> SettingType.PASSWORD;
            default -> throw Check.failed("no setting has the type of " + component);
        };
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
    }

    private static Object constant(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(candidate -> candidate.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> Check.failed("validated before: " + text));
    }
}
