package io.millrace.broker.metadata;

import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.Uuid;

/// The file `quorum-state`: in which epoch this node last led. Kept in the version in which it was
/// found: 0 belongs to a quorum whose voters stand in the configuration, 1 to one whose voters
/// stand in the log.
record QuorumState(int leaderId, int leaderEpoch, int version) {
    static final String FILE = "quorum-state";

    static QuorumState parse(String json) {
        return new QuorumState(
                number(json, "leaderId"),
                number(json, "leaderEpoch"),
                number(json, "data_version"));
    }

    private static int number(String json, String key) {
        int at = json.indexOf('"' + key + '"');
        int colon = json.indexOf(':', at);
        if (at < 0 || colon < 0) {
            throw new CorruptLog(FILE + " has no " + key + ": " + json);
        }
        int end = colon + 1;
        while (end < json.length() && ",}".indexOf(json.charAt(end)) < 0) {
            end++;
        }
        try {
            return Integer.parseInt(json.substring(colon + 1, end).trim());
        } catch (NumberFormatException e) {
            throw new CorruptLog(FILE + " is damaged: " + json);
        }
    }

    String json() {
        String start = "{\"leaderId\":" + leaderId + ",\"leaderEpoch\":" + leaderEpoch
                + ",\"votedId\":-1,";
        return version == 0
                ? "{\"clusterId\":\"\"," + start.substring(1) + "\"appliedOffset\":0,"
                        + "\"currentVoters\":[{\"voterId\":" + leaderId + "}],\"data_version\":0}"
                : start + "\"votedDirectoryId\":\"" + Uuid.ZERO + "\",\"data_version\":1}";
    }
}
