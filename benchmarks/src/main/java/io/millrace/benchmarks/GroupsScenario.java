package io.millrace.benchmarks;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FindCoordinatorRequest;
import io.millrace.protocol.FindCoordinatorResponse;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.JoinGroupRequest.JoinGroupRequestProtocol;
import io.millrace.protocol.JoinGroupResponse;
import io.millrace.protocol.SyncGroupRequest;
import io.millrace.protocol.SyncGroupRequest.SyncGroupRequestAssignment;
import io.millrace.protocol.SyncGroupResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A thousand groups, each with a member and its connection.
record GroupsScenario() implements Scenario {
    private static final int GROUPS = 1000;
    private static final int SETTLE_SECONDS = 5;
    private static final int ATTEMPTS = 600;
    private static final int SESSION_MS = 300_000;
    private static final int FIND_VERSION = 2;
    private static final int JOIN_VERSION = 3;
    private static final int SYNC_VERSION = 2;
    private static final String MEMORY = "KiB a group with its connection";
    private static final String THREADS = "threads more with 1,000 groups";

    @Override
    public Plan plan() {
        return new Plan(
                "groups", "1,000 groups of one member", 2, 25, List.of(Side.KAFKA, Side.OS));
    }

    @Override
    public List<Bar> bars() {
        return List.of(
                Bar.plain(Side.OS, THREADS, Bar.atMost(10, "threads")),
                Bar.plain(Side.OS, MEMORY, Bar.reported("KiB")),
                Bar.plain(Side.KAFKA, THREADS, Bar.reported("beside")),
                Bar.plain(Side.KAFKA, MEMORY, Bar.reported("beside")));
    }

    @Override
    public void measure(Bench bench, Side side, Samples samples)
            throws IOException, InterruptedException {
        var members = new ArrayList<RawClient>();
        try (Node node = bench.node(side)) {
            ServerProcess server = node.start();
            form(node, members, 0, 10);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            double before = server.usage().residentMegabytes();
            int threadsBefore = server.usage().threads();
            int count = Math.toIntExact(bench.scaled(GROUPS));
            long start = System.nanoTime();
            form(node, members, 10, count);
            samples.add("s to form all", side, (System.nanoTime() - start) / 1e9);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            double grown = server.usage().residentMegabytes() - before;
            samples.add(MEMORY, side, grown * 1024 / count);
            samples.add(THREADS, side, server.usage().threads() - threadsBefore);
        } finally {
            for (RawClient member : List.copyOf(members)) {
                member.close();
            }
        }
    }

    /// All join before the first is answered, for a broker waits some time for others to join.
    private static void form(Node node, List<RawClient> members, int first, int count)
            throws IOException, InterruptedException {
        for (int i = first; i < first + count; i++) {
            RawClient member = node.client();
            members.add(member);
            find(member, "group-" + i);
            member.send(join("group-" + i), JOIN_VERSION);
        }
        for (int i = first; i < first + count; i++) {
            RawClient member = members.get(i);
            var joined = joined(member, "group-" + i);
            var synced = (SyncGroupResponse) member.ask(
                    SyncGroupRequest.DEFAULT
                            .withGroupId("group-" + i)
                            .withGenerationId(joined.generationId())
                            .withMemberId(joined.memberId())
                            .withAssignments(List.of(new SyncGroupRequestAssignment(
                                    joined.memberId(), ByteBuffer.allocate(8)))),
                    SYNC_VERSION);
            if (synced.errorCode() != ErrorCode.NONE) {
                throw new IOException("cannot sync a group: " + synced.errorCode());
            }
        }
    }

    private static JoinGroupRequest join(String group) {
        return JoinGroupRequest.DEFAULT
                .withGroupId(group)
                .withSessionTimeoutMs(SESSION_MS)
                .withRebalanceTimeoutMs(SESSION_MS)
                .withProtocolType("consumer")
                .withProtocols(
                        List.of(new JoinGroupRequestProtocol("range", ByteBuffer.allocate(8))));
    }

    /// A coordinator that was found may still be loading its groups.
    private static JoinGroupResponse joined(RawClient member, String group)
            throws IOException, InterruptedException {
        var answer = (JoinGroupResponse) member.receive();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (answer.errorCode() == ErrorCode.NONE) {
                return answer;
            }
            TimeUnit.MILLISECONDS.sleep(50);
            answer = (JoinGroupResponse) member.ask(join(group), JOIN_VERSION);
        }
        throw new IOException("cannot join a group: " + answer.errorCode());
    }

    /// The first time, the offsets' topic has yet to be made.
    private static void find(RawClient client, String group)
            throws IOException, InterruptedException {
        var request = FindCoordinatorRequest.DEFAULT.withKey(group);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var found = (FindCoordinatorResponse) client.ask(request, FIND_VERSION);
            if (found.errorCode() == ErrorCode.NONE) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("no coordinator in half a minute");
    }
}
