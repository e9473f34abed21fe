package io.millrace.clients.network;

import io.millrace.common.errors.UnsupportedVersionException;
import io.millrace.protocol.Api;
import io.millrace.protocol.ApiVersionsResponse;
import java.util.HashMap;
import java.util.Map;

/// What one server speaks, as it said when the connection was made.
final class ServerVersions {
    private final Map<Integer, ApiVersionsResponse.ApiVersion> byKey = new HashMap<>();

    ServerVersions(ApiVersionsResponse said) {
        said.apiKeys().forEach(api -> byKey.put((int) api.apiKey(), api));
    }

    boolean speaks(Api api) {
        return byKey.containsKey(api.key());
    }

    /// The newest version that both sides speak and that is not above `atMost`.
    int choose(Api api, int atMost) {
        ApiVersionsResponse.ApiVersion theirs = byKey.get(api.key());
        if (theirs == null) {
            throw new UnsupportedVersionException("The server does not offer " + api.apiName());
        }
        int version = Math.min(Math.min(api.maxVersion(), theirs.maxVersion()), atMost);
        if (version < api.minVersion() || version < theirs.minVersion()) {
            throw new UnsupportedVersionException("The server speaks versions "
                    + theirs.minVersion() + " to " + theirs.maxVersion() + " of " + api.apiName()
                    + ", and " + Math.min(atMost, api.maxVersion()) + " at most would do here");
        }
        return version;
    }
}
