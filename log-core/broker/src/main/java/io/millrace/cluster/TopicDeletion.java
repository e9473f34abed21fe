package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_REQUEST;
import static io.millrace.protocol.ErrorCode.NONE;
import static io.millrace.protocol.ErrorCode.TOPIC_DELETION_DISABLED;
import static io.millrace.protocol.ErrorCode.UNKNOWN_TOPIC_ID;
import static io.millrace.protocol.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DeleteTopicsRequest.DeleteTopicState;
import io.millrace.protocol.DeleteTopicsResponse;
import io.millrace.protocol.DeleteTopicsResponse.DeletableTopicResult;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.RemoveTopicRecord;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Judges `DeleteTopics`, by name or by id.
final class TopicDeletion {
    private static final int FIRST_WITH_IDS = 6;
    private static final int FIRST_WITH_DISABLED = 3;

    private final ClusterImage image;
    private final boolean allowed;
    private final List<MetadataRecord> records = new ArrayList<>();

    TopicDeletion(ClusterImage image, boolean allowed) {
        this.image = image;
        this.allowed = allowed;
    }

    Outcome decide(DeleteTopicsRequest request, int version) {
        List<DeleteTopicState> states = new ArrayList<>(request.topics());
        if (version < FIRST_WITH_IDS) {
            request.topicNames().forEach(name -> states.add(new DeleteTopicState(name, Uuid.ZERO)));
        }
        List<DeletableTopicResult> results = new ArrayList<>();
        SortedSet<String> twice = repeated(states);
        SortedSet<String> reported = new TreeSet<>();
        for (DeleteTopicState state : states) {
            String key = key(state);
            if (!allowed) {
                results.add(result(
                        state,
                        version < FIRST_WITH_DISABLED ? INVALID_REQUEST : TOPIC_DELETION_DISABLED,
                        "delete.topic.enable is false."));
            } else if (!twice.contains(key)) {
                results.add(delete(state));
            } else if (reported.add(key)) {
                results.add(result(state, INVALID_REQUEST, "The request names a topic twice."));
            }
        }
        return new Outcome(new DeleteTopicsResponse(0, results), records);
    }

    /// Names and ids that come more than once, and topics that come by both.
    private static SortedSet<String> repeated(List<DeleteTopicState> states) {
        SortedSet<String> seen = new TreeSet<>();
        SortedSet<String> twice = new TreeSet<>();
        for (DeleteTopicState state : states) {
            boolean valid = (state.name() == null) == !state.topicId().isZero();
            if (valid && !seen.add(key(state))) {
                twice.add(key(state));
            }
        }
        return twice;
    }

    private static String key(DeleteTopicState state) {
        return state.name() != null ? "name " + state.name() : "id " + state.topicId();
    }

    private DeletableTopicResult delete(DeleteTopicState state) {
        boolean byId = !state.topicId().isZero();
        if (state.name() == null && !byId) {
            return result(state, INVALID_REQUEST, "A topic needs a name or an id.");
        }
        if (state.name() != null && byId) {
            return result(state, INVALID_REQUEST, "A topic is named or told by its id, not both.");
        }
        TopicImage topic = state.name() != null
                ? image.topic(state.name())
                : image.topics().get(state.topicId());
        if (topic == null) {
            return byId
                    ? result(state, UNKNOWN_TOPIC_ID, "There is no topic of this id.")
                    : result(state, UNKNOWN_TOPIC_OR_PARTITION, "There is no topic of this name.");
        }
        RemoveTopicRecord record = new RemoveTopicRecord(topic.id());
        if (!records.contains(record)) {
            records.add(record);
        }
        return new DeletableTopicResult(topic.name(), topic.id(), NONE, null);
    }

    private static DeletableTopicResult result(
            DeleteTopicState state, ErrorCode error, @Nullable String message) {
        return new DeletableTopicResult(state.name(), state.topicId(), error, message);
    }
}
