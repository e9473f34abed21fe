package io.millrace.group;

import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ConfigResource;
import io.millrace.group.assign.Assignment;
import io.millrace.group.assign.Assignor;
import io.millrace.group.assign.GroupSpec;
import io.millrace.protocol.ConsumerGroupRegularExpressionKey;
import io.millrace.protocol.ConsumerGroupRegularExpressionValue;
import io.millrace.protocol.Uuid;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Moves a consumer group on: its epoch, its target, its members. Works on the group of one id
/// within one decision.
final class ConsumerRebalance {
    private final Draft draft;
    private final String groupId;

    ConsumerRebalance(Draft draft, String groupId) {
        this.draft = draft;
        this.groupId = groupId;
    }

    private ConsumerGroup group() {
        return draft.consumer(groupId);
    }

    private SubscribedTopics topics() {
        return new SubscribedTopics(draft.state().world().topics());
    }

    /// Takes the cluster's topics into account if they changed since, or if the subscriptions did;
    /// then the group's epoch rises.
    void refresh(boolean subscriptionsChanged) {
        boolean topicsChanged = group().topicsSeen() != draft.state().world().topics();
        if (!subscriptionsChanged && !topicsChanged) {
            return;
        }
        if (topicsChanged) {
            resolve(group().regexes().size() > 0 ? regexes() : List.of());
            draft.add(new GroupRecord.TopicsSeen(groupId));
        }
        long hash = MetadataHash.of(
                new TreeSet<>(group().subscribedTopics().keySet()),
                draft.state().world());
        if (subscriptionsChanged || hash != group().metadataHash()) {
            ConsumerRecords.writeEpoch(draft, groupId, group().epoch() + 1, hash);
        }
    }

    private List<String> regexes() {
        return group().all().stream()
                .map(ConsumerMember::regex)
                .filter(regex -> !regex.isEmpty())
                .distinct()
                .toList();
    }

    /// Stores the topics behind the expressions, where they are not those that are stored.
    void resolve(Collection<String> regexes) {
        for (String regex : regexes) {
            List<String> matching = topics().matching(regex);
            ConsumerGroupRegularExpressionValue known = group().regexes().get(regex);
            if (known == null || !known.topics().equals(matching)) {
                draft.write(
                        new ConsumerGroupRegularExpressionKey(groupId, regex),
                        new ConsumerGroupRegularExpressionValue(
                                matching, known == null ? 1 : known.version() + 1, draft.nowMs()));
            }
        }
    }

    /// Forgets an expression that nobody is subscribed to any more.
    void forget(String regex) {
        if (group().regexes().contains(regex) && !group().usesRegex(regex)) {
            draft.erase(new ConsumerGroupRegularExpressionKey(groupId, regex));
        }
    }

    /// Computes the target of the present epoch, unless the last one is too recent: then later.
    void assign() {
        ConsumerGroup group = group();
        if (group.epoch() <= group.target().epoch()) {
            return;
        }
        long intervalMs = setting(
                "consumer.assignment.interval.ms",
                draft.config().consumerAssignmentIntervalMs(),
                draft.config().consumerMinAssignmentIntervalMs(),
                draft.config().consumerMaxAssignmentIntervalMs());
        long dueInMs = group.target().computedMs() + intervalMs - draft.nowMs();
        if (group.target().epoch() > 0 && dueInMs > 0 && dueInMs <= intervalMs) {
            draft.start(
                    TimerKeys.assignment(groupId),
                    dueInMs,
                    new GroupCommand.AssignmentDue(groupId));
            return;
        }
        SortedMap<String, Assignment> targets =
                Assignor.named(preferredAssignor()).assign(spec());
        targets.forEach((memberId, target) -> {
            if (!target.equals(group.targetOf(memberId)) || !group.targets().contains(memberId)) {
                ConsumerRecords.writeTarget(draft, groupId, memberId, target);
            }
        });
        ConsumerRecords.writeTargetEpoch(
                draft, groupId, new ConsumerGroup.Target(group.epoch(), draft.nowMs()));
    }

    /// The one that most members ask for; the first of the broker's where none does, or of equals.
    String preferredAssignor() {
        Map<String, Integer> votes = new TreeMap<>();
        for (ConsumerMember member : group().all()) {
            String asked = member.profile().serverAssignor();
            if (asked != null && Assignor.exists(asked)) {
                votes.merge(asked, 1, Integer::sum);
            }
        }
        String best = draft.config().consumerAssignors().getFirst();
        for (Map.Entry<String, Integer> vote : votes.entrySet()) {
            if (vote.getValue() > votes.getOrDefault(best, 0)) {
                best = vote.getKey();
            }
        }
        return best;
    }

    private GroupSpec spec() {
        ConsumerGroup group = group();
        SubscribedTopics topics = topics();
        SortedMap<String, GroupSpec.Member> members = new TreeMap<>();
        SortedMap<Uuid, Integer> counts = new TreeMap<>();
        for (ConsumerMember member : group.all()) {
            List<String> names = group.topicsOf(member);
            members.put(
                    member.id(),
                    new GroupSpec.Member(
                            member.instanceId(), topics.ids(names), group.targetOf(member.id())));
            counts.putAll(topics.counts(names));
        }
        return new GroupSpec(members, counts);
    }

    /// Brings the member a step nearer to its target; returns it as it is then.
    ConsumerMember reconcile(
            ConsumerMember member,
            boolean subscriptionChanged,
            @Nullable SortedMap<Uuid, SortedSet<Integer>> owned) {
        ConsumerGroup group = group();
        if (member.isReconciledTo(group.target().epoch()) && !subscriptionChanged) {
            return member;
        }
        SortedSet<Uuid> subscribed = topics().ids(group.topicsOf(member));
        ConsumerMember moved =
                new Reconciler(group, member, subscribed, owned).step(subscriptionChanged);
        if (!moved.equals(member)) {
            ConsumerRecords.writeCurrent(draft, groupId, moved);
            String timer = TimerKeys.revocation(groupId, member.id());
            if (moved.state() == MemberState.UNREVOKED_PARTITIONS) {
                draft.start(
                        timer,
                        moved.profile().rebalanceTimeoutMs(),
                        new GroupCommand.RevocationTimeout(groupId, member.id(), moved.epoch()));
            } else if (member.state() == MemberState.UNREVOKED_PARTITIONS) {
                draft.cancel(timer);
            }
        }
        return moved;
    }

    /// Takes members out. The rest goes on in the next epoch, or as a classic group if it can and
    /// all of it is classic.
    void remove(List<ConsumerMember> leaving) {
        if (leaving.isEmpty()) {
            return;
        }
        Downgrade downgrade = new Downgrade(draft, groupId);
        if (downgrade.isDue(leaving)) {
            downgrade.convert(leaving);
            return;
        }
        for (ConsumerMember member : leaving) {
            ConsumerRecords.eraseMember(draft, groupId, member.id());
            cancelTimers(member.id());
        }
        for (ConsumerMember member : leaving) {
            forget(member.regex());
        }
        refresh(true);
    }

    void cancelTimers(String memberId) {
        draft.cancel(TimerKeys.session(groupId, memberId));
        draft.cancel(TimerKeys.revocation(groupId, memberId));
        draft.cancel(TimerKeys.rejoin(groupId, memberId));
    }

    void startSession(ConsumerMember member) {
        int timeoutMs = member.isClassic()
                ? member.classicSessionTimeoutMs()
                : setting(
                        "consumer.session.timeout.ms",
                        draft.config().consumerSessionTimeoutMs(),
                        draft.config().consumerMinSessionTimeoutMs(),
                        draft.config().consumerMaxSessionTimeoutMs());
        draft.start(
                TimerKeys.session(groupId, member.id()),
                timeoutMs,
                new GroupCommand.SessionExpired(groupId, member.id()));
    }

    int heartbeatIntervalMs() {
        return setting(
                "consumer.heartbeat.interval.ms",
                draft.config().consumerHeartbeatIntervalMs(),
                draft.config().consumerMinHeartbeatIntervalMs(),
                draft.config().consumerMaxHeartbeatIntervalMs());
    }

    /// A setting of the group's own, if it has one; else the one that was set for all nodes since
    /// they were started.
    private int setting(String key, int inherited) {
        ClusterImage world = draft.state().world();
        String own = world.config(new ConfigResource(ConfigResource.Kind.GROUP, groupId))
                .get(key);
        String shared = world.config(ConfigResource.ALL_BROKERS).get("group." + key);
        String value = own == null ? shared : own;
        return value == null ? inherited : Integer.parseInt(value.trim());
    }

    /// The same within the node's bounds, which may have become narrower since it was set.
    private int setting(String key, int inherited, int least, int most) {
        return Math.max(least, Math.min(most, setting(key, inherited)));
    }
}
