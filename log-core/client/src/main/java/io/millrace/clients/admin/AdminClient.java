package io.millrace.clients.admin;

import java.util.Map;
import java.util.Properties;

/// The older name of {@link Admin}, for programs that have it.
public final class AdminClient {
    private AdminClient() {}

    public static Admin create(Properties properties) {
        return Admin.create(properties);
    }

    public static Admin create(Map<String, Object> settings) {
        return Admin.create(settings);
    }
}
