/// Tests of the cluster's metadata. Owner thread: the test's.
@NullMarked
package io.millrace.cluster;

import org.jspecify.annotations.NullMarked;
