package io.millrace.storage;

import io.millrace.host.DiskFile;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.ErrorCode;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A read of what may not be in memory. Begins and ends on the log's loop; in between, a reader
/// thread finds the batches and pulls them into the page cache, so that sending them never waits
/// for the disk.
final class ColdRead {
    private static final Logger LOG = LoggerFactory.getLogger(ColdRead.class);
    private static final int UNKNOWN = -1;

    private final PartitionLog log;
    private final long from;
    private final LogReader.Bound bound;
    private final CompletableFuture<ReadResult> result = new CompletableFuture<>();

    ColdRead(PartitionLog log, long from, LogReader.Bound bound) {
        this.log = log;
        this.from = from;
        this.bound = bound;
    }

    CompletableFuture<ReadResult> start() {
        startAt(log.segments().floor(from));
        return result;
    }

    /// Compaction may have left nothing from `from` on in the segment that it falls into: then the
    /// next one is tried.
    private void startAt(int index) {
        LogSegments segments = log.segments();
        Segment segment = segments.get(index);
        if (segment.baseOffset() >= bound.limitOffset() || !segment.file().retain()) {
            result.complete(ReadResult.NOTHING);
            return;
        }
        long next = segments.endOf(index, log.endOffset());
        SegmentContent content = segment.content();
        Search search = new Search(
                segment,
                content == null ? UNKNOWN : content.index().positionBefore(from),
                bound.limitOffset() >= next ? segment.size() : UNKNOWN,
                content == null ? UNKNOWN : content.index().positionBefore(bound.limitOffset()));
        LogDirectory directory = log.directory();
        directory.readers().execute(() -> {
            ReadResult found = find(search, directory);
            log.loop().execute(() -> finish(found, segment));
        });
    }

    /// What the loop knows of where to look.
    private record Search(Segment segment, int fromHint, int end, int endHint) {}

    /// On a reader thread. The log may lie in another directory before this is over.
    private ReadResult find(Search search, LogDirectory directory) {
        SegmentFile segment = search.segment.file();
        try {
            DiskFile file = segment.open();
            StoredIndex stored =
                    new StoredIndex(directory.disk(), segment.path(), search.segment.baseOffset());
            long end = search.end >= 0 ? search.end : findEnd(file, stored, search.endHint);
            int hint = search.fromHint >= 0 ? search.fromHint : stored.positionBefore(from);
            HeaderWalk walk = new HeaderWalk(file, hint, end);
            if (!walk.seek(from)) {
                return ReadResult.NOTHING;
            }
            int length = bound.length(end - walk.position(), walk.size());
            file.warm(walk.position(), length);
            directory.traffic().count(length);
            return LogReader.region(segment, file, walk.position(), length);
        } catch (NoSuchFileException e) {
            return new ReadResult.OutOfRange(from, from);
        } catch (IOException e) {
            directory.failed("A read failed: " + e.getMessage(), e);
            return new ReadResult.Failed(ErrorCode.KAFKA_STORAGE_ERROR);
        } catch (CorruptLog e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("partition", log.id())
                    .log("A segment is damaged");
            return new ReadResult.Failed(ErrorCode.CORRUPT_MESSAGE);
        } finally {
            segment.release();
        }
    }

    /// Where the batch begins that reaches beyond the limit. Nothing behind the limit is looked at:
    /// the writer may be at work there.
    private long findEnd(DiskFile file, StoredIndex stored, int hint) throws IOException {
        long position = hint >= 0 ? hint : stored.positionBefore(bound.limitOffset());
        HeaderWalk walk = new HeaderWalk(file, position, file.size());
        long reached = -1;
        while (reached < bound.limitOffset() && walk.next()) {
            if (RecordBatch.lastOffset(walk.header(), 0) >= bound.limitOffset()) {
                return walk.position();
            }
            position = walk.position() + walk.size();
            reached = RecordBatch.nextOffset(walk.header(), 0);
        }
        return position;
    }

    private void finish(ReadResult found, Segment segment) {
        boolean vanished = found instanceof ReadResult.OutOfRange;
        if (!vanished && found != ReadResult.NOTHING) {
            result.complete(found);
        } else if (log.isClosed()) {
            result.complete(new ReadResult.Failed(ErrorCode.NOT_LEADER_OR_FOLLOWER));
        } else if (from < log.startOffset() || from > log.endOffset()) {
            result.complete(new ReadResult.OutOfRange(log.startOffset(), log.endOffset()));
        } else if (vanished && isCurrent(segment)) {
            // Its folder is just being renamed, or somebody took the file away. What comes behind
            // it must not be taken for what was asked for.
            result.complete(new ReadResult.Failed(ErrorCode.KAFKA_STORAGE_ERROR));
        } else {
            tryElsewhere(segment);
        }
    }

    private boolean isCurrent(Segment segment) {
        LogSegments segments = log.segments();
        return segments.get(segments.floor(segment.baseOffset())).file() == segment.file();
    }

    /// The segment was deleted or compacted meanwhile, or holds nothing from `from` on.
    private void tryElsewhere(Segment segment) {
        LogSegments segments = log.segments();
        int index = segments.floor(Math.max(from, segment.baseOffset()));
        if (segments.get(index).file() == segment.file()) {
            index++;
        }
        if (index < segments.count()) {
            startAt(index);
        } else {
            result.complete(ReadResult.NOTHING);
        }
    }
}
