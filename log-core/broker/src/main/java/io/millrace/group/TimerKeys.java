package io.millrace.group;

/// Names of the coordinator's timers.
final class TimerKeys {
    static final String EXPIRY = "expire-offsets";

    private TimerKeys() {}

    static String session(String groupId, String memberId) {
        return "session/" + groupId + "/" + memberId;
    }

    static String join(String groupId) {
        return "join/" + groupId;
    }

    static String sync(String groupId) {
        return "sync/" + groupId;
    }

    static String revocation(String groupId, String memberId) {
        return "revocation/" + groupId + "/" + memberId;
    }

    static String assignment(String groupId) {
        return "assignment/" + groupId;
    }

    /// The time that a classic member of a consumer group has to rejoin, or to sync.
    static String rejoin(String groupId, String memberId) {
        return "rejoin/" + groupId + "/" + memberId;
    }
}
