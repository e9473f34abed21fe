package io.millrace.cluster;

import io.millrace.protocol.BrokerRegistrationChangeRecord;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.PartitionChangeRecord;
import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.RegisterBrokerRecord;

/// The version in which each record is written at a `metadata.version`: nodes at that level must be
/// able to read it.
///
/// @param level the level of the feature `metadata.version`
public record RecordVersions(int level) {
    private static final int CONTROLLED_SHUTDOWN = 7;
    private static final int MIGRATION = 8;
    private static final int DIRECTORIES = 17;
    private static final int ELIGIBLE_LEADERS = 23;
    private static final int CORDONED = 30;

    int partition() {
        return level >= ELIGIBLE_LEADERS ? 2 : level >= DIRECTORIES ? 1 : 0;
    }

    int registerBroker() {
        if (level >= CORDONED) {
            return 4;
        }
        return level >= DIRECTORIES
                ? 3
                : level >= MIGRATION ? 2 : level >= CONTROLLED_SHUTDOWN ? 1 : 0;
    }

    private int registrationChange() {
        return level >= CORDONED ? 3 : level >= DIRECTORIES ? 2 : 1;
    }

    public int of(MetadataRecord record) {
        return switch (record) {
            case RegisterBrokerRecord _ -> registerBroker();
            case PartitionRecord _, PartitionChangeRecord _ -> partition();
            case BrokerRegistrationChangeRecord _ -> registrationChange();
            default -> record.highestVersion();
        };
    }
}
