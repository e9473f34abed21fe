package io.millrace.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.BadSetting;
import io.millrace.protocol.Check;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SettingsTest {
    enum Colour {
        RED,
        DARK_BLUE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    record Sample(
            @Setting(key = "size", value = "10", range = "1..100", help = "A size.")
            int size,

            @Setting(key = "ratio", value = "0.5", range = "0..1", help = "A ratio.")
            double ratio,

            @Setting(key = "on", value = "true", help = "A switch.")
            boolean on,

            @Setting(key = "names", value = "a, b", help = "Names.")
            List<String> names,

            @Setting(
                    key = "policy",
                    value = "x",
                    oneOf = {"x", "y"},
                    help = "One of two.")
            String policy,

            @Setting(key = "colour", value = "red", help = "An enum.")
            Colour colour,

            @Setting(key = "rack", value = Setting.UNSET, help = "May be null.") @Nullable
            String rack,

            @Setting(key = "key", value = "", help = "Hidden.")
            Secret secret) {
        Sample {
            Check.setting(size != 13, "size must not be 13");
        }
    }

    record Other(
            @Setting(key = "id", value = Setting.REQUIRED, range = "0..", help = "An id.")
            long id) {}

    @Test
    void defaultsApplyWhereNothingIsSet() {
        Sample sample = Settings.read(Sample.class, Map.of());
        assertEquals(
                new Sample(10, 0.5, true, List.of("a", "b"), "x", Colour.RED, null, new Secret("")),
                sample);
        assertNull(sample.rack());
    }

    @Test
    void valuesAreTrimmedAndConverted() {
        Sample sample = Settings.read(
                Sample.class,
                Map.of(
                        "size",
                        " 7 ",
                        "on",
                        "FALSE",
                        "names",
                        "",
                        "colour",
                        "dark-blue",
                        "key",
                        "s3"));
        assertEquals(7, sample.size());
        assertEquals(false, sample.on());
        assertEquals(List.of(), sample.names());
        assertEquals(Colour.DARK_BLUE, sample.colour());
        assertTrue(sample.toString().contains("[hidden]") && !sample.toString().contains("s3"));
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        BadSetting bad = assertThrows(
                BadSetting.class,
                () -> Settings.parseStrictly(
                        Map.of(
                                "size",
                                "0",
                                "ratio",
                                "1.5",
                                "policy",
                                "z",
                                "on",
                                "yes",
                                "colour",
                                "green",
                                "extra",
                                "1",
                                "elsewhere",
                                "2"),
                        (key, value) -> key.equals("elsewhere") ? "" : "Unknown setting " + key,
                        Sample.class,
                        Other.class));
        assertEquals(
                String.join(
                        "; ",
                        "Invalid value 0 for configuration size: Value must be at least 1",
                        "Invalid value 1.5 for configuration ratio: Value must be no more than 1",
                        "Invalid value yes for configuration on: "
                                + "Expected value to be either true or false",
                        "Invalid value z for configuration policy: String must be one of: x, y",
                        "Invalid value green for configuration colour: "
                                + "String must be one of: red, dark-blue",
                        "Missing required setting id",
                        "Unknown setting extra"),
                bad.getMessage());
    }

    @Test
    void constructorsMayRefuse() {
        BadSetting bad = assertThrows(
                BadSetting.class, () -> Settings.read(Sample.class, Map.of("size", "13")));
        assertEquals("size must not be 13", bad.getMessage());
    }

    @Test
    void unknownKeysOfClientsAreListed() {
        Settings settings = Settings.parse(Map.of("b", "", "a", "", "size", "3"), Sample.class);
        assertEquals(List.of("a", "b"), settings.unknown());
        assertEquals(3, settings.get(Sample.class).size());
    }

    @Test
    void pagesShowEverything() {
        String page = new SettingsPage("T", "Intro.")
                .section("S", "")
                .settings(Settings.definitions(Other.class))
                .toString();
        assertEquals("""
                # T

                Intro.

                ## S

                | key | type | default | valid | change | what it does |
                |---|---|---|---|---|---|
                | `id` | long | required | 0.. | read-only | An id. |
                """, page);
    }
}
