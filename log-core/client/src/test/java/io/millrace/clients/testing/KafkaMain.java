package io.millrace.clients.testing;

import kafka.Kafka;
import kafka.tools.StorageTool;

/// Formats a directory and runs Kafka on it, in one process: a second start of Java would cost
/// seconds.
final class KafkaMain {
    private KafkaMain() {}

    /// @param arguments the file of properties, the cluster's id
    public static void main(String[] arguments) {
        String[] format = {
            "format", "--ignore-formatted", "--standalone", "-c", arguments[0], "-t", arguments[1]
        };
        int code = StorageTool.execute(format, System.out);
        if (code != 0) {
            System.exit(code);
        }
        Kafka.main(new String[] {arguments[0]});
    }
}
