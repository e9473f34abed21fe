package io.millrace.group;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.cluster.SortedTree;
import io.millrace.cluster.TopicImage;
import io.millrace.cluster.Topics;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Subscriptions against the topics of the cluster.
final class SubscribedTopics {
    /// Compiled within milliseconds.
    private static final int MAX_REGEX_SIZE = 10_000;

    private final Topics topics;

    SubscribedTopics(Topics topics) {
        this.topics = topics;
    }

    /// Ids of those that exist.
    SortedSet<Uuid> ids(Collection<String> names) {
        SortedSet<Uuid> ids = new TreeSet<>();
        for (String name : names) {
            TopicImage topic = topics.get(name);
            if (topic != null) {
                ids.add(topic.id());
            }
        }
        return ids;
    }

    /// Numbers of partitions of those that exist.
    SortedMap<Uuid, Integer> counts(Collection<String> names) {
        SortedMap<Uuid, Integer> counts = new TreeMap<>();
        for (String name : names) {
            TopicImage topic = topics.get(name);
            if (topic != null) {
                counts.put(topic.id(), topic.partitionCount());
            }
        }
        return counts;
    }

    /// Why the expression is not one; empty when it is.
    static String problem(String regex) {
        if (RegexSize.exceeds(regex, MAX_REGEX_SIZE)) {
            return "with its counts written out it is longer than " + MAX_REGEX_SIZE;
        }
        try {
            Pattern.compile(regex);
            return "";
        } catch (PatternSyntaxException invalid) {
            return invalid.getDescription();
        }
    }

    /// Names of the topics that the whole expression matches.
    List<String> matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        List<String> names = new ArrayList<>();
        for (SortedTree.Entry<String, TopicImage> topic : topics.byName()) {
            if (pattern.matches(topic.key())) {
                names.add(topic.key());
            }
        }
        return names;
    }
}
