package io.millrace.transport;

import java.util.Map;

/// What an acceptor allows.
///
/// @param maxConnections at the same time, of all peers
/// @param maxPerAddress of one address
/// @param perAddress other limits for some addresses, by their text
/// @param maxFrameBytes a peer that claims a longer frame is cut off
/// @param maxIdleMs a connection that is silent for so long is closed; negative: never
public record AcceptLimits(
        int maxConnections,
        int maxPerAddress,
        Map<String, Integer> perAddress,
        int maxFrameBytes,
        long maxIdleMs) {
    public static final AcceptLimits NONE =
            new AcceptLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Map.of(), Integer.MAX_VALUE, -1);

    public AcceptLimits {
        perAddress = Map.copyOf(perAddress);
    }

    int forAddress(String address) {
        return perAddress.getOrDefault(address, maxPerAddress);
    }
}
