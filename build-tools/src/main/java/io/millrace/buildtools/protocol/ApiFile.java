package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Api;
import io.millrace.buildtools.protocol.Schema.Message;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes the enum `Api` and the sealed interfaces `Request` and `Response`.
final class ApiFile {
    private static final String MEMBERS = """

            private final int key;
            private final String apiName;
            private final int lowest;
            private final int highest;
            private final int flexibleFrom;
            private final int unstableFrom;
            private final int advertisedMin;
            private final boolean onBroker;
            private final boolean onController;

            Api(int key, String apiName, int lowest, int highest, int flexibleFrom,
                    int unstableFrom, int advertisedMin, boolean onBroker,
                    boolean onController) {
                this.key = key;
                this.apiName = apiName;
                this.lowest = lowest;
                this.highest = highest;
                this.flexibleFrom = flexibleFrom;
                this.unstableFrom = unstableFrom;
                this.advertisedMin = advertisedMin;
                this.onBroker = onBroker;
                this.onController = onController;
            }

            public int key() {
                return key;
            }

            /// Kafka's name, such as `ListOffsets`.
            public String apiName() {
                return apiName;
            }

            /// The lowest version that is served.
            public int minVersion() {
                return lowest;
            }

            /// The highest version that is served: stable ones alone.
            public int maxVersion() {
                return Math.min(highest, unstableFrom - 1);
            }

            /// The highest version that has a schema, stable or not.
            public int latestVersion() {
                return highest;
            }

            /// What `ApiVersions` must say, which for Produce is lower than what is served.
            public int advertisedMinVersion() {
                return advertisedMin;
            }

            public boolean supports(int version) {
                return minVersion() <= version && version <= maxVersion();
            }

            public boolean isFlexible(int version) {
                return version >= flexibleFrom;
            }

            public int requestHeaderVersion(int version) {
                return isFlexible(version) ? 2 : 1;
            }

            /// Always 0 for ApiVersions: its reader does not yet know what the broker speaks.
            public int responseHeaderVersion(int version) {
                return this != API_VERSIONS && isFlexible(version) ? 1 : 0;
            }

            public boolean onBroker() {
                return onBroker;
            }

            public boolean onController() {
                return onController;
            }
            """;

    private ApiFile() {}

    /// `ListOffsets` to `LIST_OFFSETS`.
    static String constant(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    static String sealed(String name, List<Api> apis, Function<Api, Message> message) {
        JavaText java = new JavaText();
        java.line("package io.millrace.protocol;").blank();
        java.line("/// Every " + name.toLowerCase(Locale.ROOT) + " that can stand in a frame.");
        java.open("public sealed interface " + name + " extends Message permits "
                + apis.stream()
                        .map(api -> message.apply(api).name())
                        .collect(Collectors.joining(", ")));
        java.line("Api api();");
        java.close();
        return java.toString();
    }

    static String api(List<Api> apis) {
        JavaText java = new JavaText();
        java.line("package io.millrace.protocol;").blank();
        java.line("import org.jspecify.annotations.Nullable;").blank();
        java.line("/// Every API: its key and versions, who serves it, how its messages are read.");
        java.open("public enum Api");
        for (Api api : apis) {
            java.line(constants(api) + (api == apis.getLast() ? ";" : ","));
        }
        MEMBERS.lines().forEach(java::line);
        reader(java, apis, "Request");
        reader(java, apis, "Response");
        forKey(java, apis);
        java.close();
        return java.toString();
    }

    private static String constants(Api api) {
        int flexible = api.request().flexibleFrom();
        String arguments = String.join(
                ", ",
                "" + api.key(),
                "\"" + api.name() + "\"",
                "" + api.versions().lowest(),
                "" + api.versions().highest(),
                flexible == Message.NEVER ? "Integer.MAX_VALUE" : "" + flexible,
                "" + api.unstable(),
                "" + api.advertise(),
                "" + api.listeners().contains("broker"),
                "" + api.listeners().contains("controller"));
        return constant(api.name()) + "(" + arguments + ")";
    }

    private static void reader(JavaText java, List<Api> apis, String kind) {
        java.blank();
        java.open("public " + kind + " read" + kind + "(WireReader in, int version)");
        java.open("return switch (this)");
        for (Api api : apis) {
            java.line("case " + constant(api.name()) + " -> " + api.name() + kind
                    + ".read(in, version);");
        }
        java.close(";");
        java.close();
    }

    private static void forKey(JavaText java, List<Api> apis) {
        java.blank();
        java.line("/// The API with this key, or null if there is none.");
        java.open("public static @Nullable Api forKey(int key)");
        java.open("return switch (key)");
        for (Api api : apis) {
            java.line("case " + api.key() + " -> " + constant(api.name()) + ";");
        }
        java.line("default -> null;");
        java.close(";");
        java.close();
    }
}
