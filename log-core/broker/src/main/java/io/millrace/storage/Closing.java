package io.millrace.storage;

import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes what holds nothing that is not safe already.
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void quietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("resource", resource).log("Could not close");
        }
    }
}
