package io.millrace.benchmarks;

/// One comparison. Called once a round for each side, in turns.
interface Scenario {
    String name();

    /// One line for people: what is measured and the bar it is held against.
    String what();

    /// Which of our modes stand beside Kafka. With FSYNC, Kafka is to run with `flush.messages=1`,
    /// which the scenario passes to it.
    Durability durability();

    enum Durability {
        PAGE_CACHE,
        FSYNC,
        BOTH
    }

    void measure(Bench bench, Peer side, Samples samples) throws Exception;
}
