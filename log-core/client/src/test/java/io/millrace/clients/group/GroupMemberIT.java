package io.millrace.clients.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ConnectionSettings;
import io.millrace.clients.network.SocketNetwork;
import io.millrace.clients.testing.KafkaProcess;
import io.millrace.common.errors.ApiException;
import io.millrace.common.errors.InconsistentGroupProtocolException;
import io.millrace.config.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The contract of docs/decisions/0009-group-member.md, line by line, with a protocol type of its
/// own.
@Timeout(120)
@SuppressWarnings("NullAway") // what is missing fails the test
class GroupMemberIT {
    private static KafkaProcess kafka;

    @BeforeAll
    static void start() {
        kafka = KafkaProcess.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /// Writes down what it is told; as the leader it gives each member the number of members.
    private static final class Worker implements GroupMember.Participant, AutoCloseable {
        final String name;
        final SocketNetwork network = new SocketNetwork(-1);
        final ClusterClient client;
        final GroupMember member;
        final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        volatile CompletableFuture<Void> readiness = CompletableFuture.completedFuture(null);

        Worker(String name, String group, String type, Optional<String> instance) {
            this.name = name;
            client = new ClusterClient(
                    network,
                    Settings.read(
                            ConnectionSettings.class,
                            Map.of("bootstrap.servers", kafka.bootstrap())));
            member = new GroupMember(
                    client,
                    new GroupMember.Config(group, instance, type, 6_000, 10_000, 100),
                    this);
        }

        Worker join() {
            client.loop().execute(member::join);
            return this;
        }

        @Override
        public List<GroupMember.Protocol> protocols() {
            ByteBuffer metadata = ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8));
            return List.of(new GroupMember.Protocol("v1", metadata));
        }

        @Override
        public CompletionStage<Void> prepare(GroupMember.Generation current) {
            heard.add("prepare");
            return readiness;
        }

        @Override
        public CompletionStage<Map<String, ByteBuffer>> assign(
                String protocol, List<GroupMember.Member> members) {
            List<String> names = new ArrayList<>();
            members.forEach(each -> names.add(
                    StandardCharsets.UTF_8.decode(each.metadata().duplicate()).toString()));
            names.sort(null);
            Map<String, ByteBuffer> shares = new HashMap<>();
            members.forEach(each -> shares.put(
                    each.id(),
                    ByteBuffer.wrap(String.join("+", names).getBytes(StandardCharsets.UTF_8))));
            return CompletableFuture.completedFuture(shares);
        }

        @Override
        public void assigned(GroupMember.Generation current, ByteBuffer assignment) {
            heard.add("assigned " + StandardCharsets.UTF_8.decode(assignment.duplicate()));
        }

        @Override
        public void lost(String why) {
            heard.add("lost");
        }

        @Override
        public void failed(ApiException why) {
            failure = why;
            heard.add("failed");
        }

        volatile ApiException failure;

        String next() throws InterruptedException {
            return heard.poll(30, TimeUnit.SECONDS);
        }

        void until(String wanted) throws InterruptedException {
            for (String each = next(); !wanted.equals(each); each = next()) {
                assertNotEquals(null, each, name + " never heard " + wanted);
            }
        }

        void leave() {
            client.call(() -> member.leave(true, "done")).join();
        }

        @Override
        public void close() {
            client.call(() -> {
                        member.close();
                        client.close();
                        return CompletableFuture.completedFuture(null);
                    })
                    .join();
            network.close().join();
        }
    }

    private static Worker worker(String name, String group) {
        return new Worker(name, group, "sums", Optional.empty());
    }

    @Test
    void membersComeAndGo() throws Exception {
        try (Worker a = worker("a", "come-and-go").join()) {
            assertEquals("assigned a", a.next());
            assertEquals("v1", a.member.generation().protocol());
            try (Worker b = worker("b", "come-and-go").join()) {
                assertEquals("prepare", a.next());
                a.until("assigned a+b");
                b.until("assigned a+b");
                assertEquals(a.member.generation().id(), b.member.generation().id());
                b.leave();
            }
            assertEquals("prepare", a.next());
            assertEquals("assigned a", a.next());
        }
    }

    @Test
    void nobodyJoinsBeforeItGaveUpItsWork() throws Exception {
        try (Worker a = worker("a", "waits").join()) {
            assertEquals("assigned a", a.next());
            a.readiness = new CompletableFuture<>();
            try (Worker b = worker("b", "waits").join()) {
                assertEquals("prepare", a.next());
                assertEquals(null, b.heard.poll(1, TimeUnit.SECONDS));
                a.readiness.complete(null);
                a.until("assigned a+b");
                b.until("assigned a+b");
            }
        }
    }

    @Test
    void rejoiningStartsARebalance() throws Exception {
        try (Worker a = worker("a", "rejoins").join()) {
            assertEquals("assigned a", a.next());
            int before = a.member.generation().id();
            a.client.loop().execute(() -> a.member.rejoin("something has changed"));
            assertEquals("prepare", a.next());
            assertEquals("assigned a", a.next());
            assertTrue(a.member.generation().id() > before);
        }
    }

    @Test
    void whoCannotBeAMemberHearsWhy() throws Exception {
        try (Worker a = worker("a", "other-type").join();
                Worker b = new Worker("b", "other-type", "products", Optional.empty())) {
            assertEquals("assigned a", a.next());
            b.join();
            assertEquals("failed", b.next());
            assertInstanceOf(InconsistentGroupProtocolException.class, b.failure);
        }
    }

    @Test
    void aStaticMemberThatComesBackTakesItsOldPlace() throws Exception {
        try (Worker a = worker("a", "static").join()) {
            assertEquals("assigned a", a.next());
            try (Worker b = new Worker("b", "static", "sums", Optional.of("one")).join()) {
                b.until("assigned a+b");
                a.until("assigned a+b");
            }
            try (Worker again = new Worker("b", "static", "sums", Optional.of("one")).join()) {
                again.until("assigned a+b");
                assertEquals(null, a.heard.poll(500, TimeUnit.MILLISECONDS));
            }
        }
    }
}
